import { plural } from '../format.ts';
import type { RunGate } from './gate.ts';

/** Windows that other programs disturbed and that were measured again: a quiet result from a machine that was not. */
export const windowsRepeated: RunGate = {
  code: 'windows-repeated',
  severity: 'note',
  check: 'host',
  blame: 'host',
  raisedWhen: 'windows were measured again, since other programs used the CPU',
  test: ({ disturbances }) => {
    const count = disturbances.filter(({ repeated }) => repeated).length;
    if (count === 0) return null;
    return {
      message: `other programs used the CPU in ${plural(count, 'turn')}, so all servers were measured again; only the new results count`,
      advice: '',
    };
  },
};
