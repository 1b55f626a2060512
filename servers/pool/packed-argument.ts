import { deserialize, serialize } from 'node:v8';

/** A value in a form that every thread can read: a small whole number as it is, any other as structured clone. */
export type PackedValue = number | Uint8Array;

/** An argument on its way to a worker thread, as it was when the computation was submitted. */
export type PackedArgument =
  | { readonly packed: PackedValue }
  | { readonly moved: unknown; readonly transfer: readonly ArrayBuffer[] };

/**
 * Copies an argument, or moves it if there are buffers to transfer: the sender loses these buffers.
 * @throws DataCloneError for a value that cannot be cloned, such as a function
 */
export function pack(argument: unknown, transfer: readonly ArrayBuffer[] = []): PackedArgument {
  if (transfer.length === 0) {
    return { packed: isSmallWholeNumber(argument) ? argument : serialize(argument) };
  }
  return structuredClone({ moved: argument, transfer }, { transfer: [...transfer] });
}

export function unpack(argument: PackedArgument): unknown {
  if ('moved' in argument) return argument.moved;
  const { packed } = argument;
  return typeof packed === 'number' ? packed : deserialize(packed);
}

/** Whether a value fits an Int32Array. As whole numbers, values are also quicker to compute with than as 64-bit floats. */
function isSmallWholeNumber(value: unknown): value is number {
  return typeof value === 'number' && Object.is(value | 0, value);
}
