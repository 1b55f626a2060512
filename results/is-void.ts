import type { Warning } from './document/measurement.ts';

/** Whether a trial or a measurement has a warning that voids it: its numbers may not be used. */
export const isVoid = ({ warnings }: { readonly warnings: readonly Warning[] }): boolean =>
  warnings.some(({ severity }) => severity === 'void');
