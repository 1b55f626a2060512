import { deserialize, serialize } from 'node:v8';

/** An argument in a form that every thread can read: small whole numbers as they are, all else as structured clone. */
export type Packed = number | Uint8Array;

/** An argument on its way to whichever worker takes it, as it was when the computation was asked for. */
export type Parcel =
  | { readonly packed: Packed }
  | { readonly moved: unknown; readonly transfer: readonly ArrayBuffer[] };

/**
 * Copies an argument, or moves it where it has buffers to transfer: the sender has these no longer.
 * @throws DataCloneError for what cannot be cloned, such as a function
 */
export function pack(argument: unknown, transfer: readonly ArrayBuffer[] = []): Parcel {
  if (transfer.length === 0) {
    return { packed: isSmallWholeNumber(argument) ? argument : serialize(argument) };
  }
  return structuredClone({ moved: argument, transfer }, { transfer: [...transfer] });
}

export function unpack(parcel: Parcel): unknown {
  if ('moved' in parcel) return parcel.moved;
  return typeof parcel.packed === 'number' ? parcel.packed : deserialize(parcel.packed);
}

/** What fits an Int32Array. Kept whole numbers, they are also quicker to compute with than as 64-bit floats. */
function isSmallWholeNumber(value: unknown): value is number {
  return typeof value === 'number' && Object.is(value | 0, value);
}
