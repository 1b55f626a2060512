import { judge } from '../row.ts';
import { type CalibrationCase, openLoopName } from './case.ts';

const mostMs = 1;

/** How late requests leave at 1,000 a second. */
export const sendLag: CalibrationCase = {
  name: '1,000 requests a second',
  behaviour: { kind: 'delay', ms: 5 },
  async measure(rig) {
    const result = await rig.runOpen({ ratePerSecond: 1000, warmupSeconds: 1, windowSeconds: 4 });
    return [
      judge({
        case: this.name,
        instrument: openLoopName,
        quantity: 'send lag, p99',
        unit: 'ms',
        truth: 0,
        reading: result.sendLag?.p99Ms ?? null,
        tolerance: mostMs,
      }),
    ];
  },
};
