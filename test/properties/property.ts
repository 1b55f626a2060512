import { assert as holds, type IAsyncProperty } from 'fast-check';

/** Multiplies the cases of every property: `npm run test:properties` sets it. */
const factor = Number(process.env['PROPERTY_FACTOR'] ?? 1);
/** A failure prints its seed; the same seed tries the same cases. */
const seed = Number(process.env['PROPERTY_SEED'] ?? 1);

/** Tries a property on random cases, and reports the smallest case that breaks it. */
export async function holdsFor<Case>(cases: number, property: IAsyncProperty<Case>): Promise<void> {
  await holds(property, { numRuns: cases * factor, seed });
}
