import { judgeAccounts, judgeTimes } from '../row.ts';
import { stalledQuantile } from '../truth.ts';
import { type CalibrationCase, openLoopName } from './case.ts';

const stallMs = 200;
const everyMs = 2000;

/** What a generator cannot see that waits for each answer before it asks again (coordinated omission). */
export const periodicStall: CalibrationCase = {
  name: 'stall of 200 ms in every 2 s',
  behaviour: { kind: 'stall', stallMs, everyMs },
  async measure(rig) {
    const result = await rig.runOpen({
      ratePerSecond: 500,
      arrivals: 'uniform',
      warmupSeconds: 1,
      windowSeconds: (4 * everyMs) / 1000,
    });
    const base = { case: this.name, instrument: openLoopName };
    const truth = (q: number) => stalledQuantile(q, stallMs, everyMs);
    return [
      ...judgeTimes(base, 'response time', result.responseTime, {
        p50Ms: truth(0.5),
        p99Ms: truth(0.99),
        p999Ms: truth(0.999),
      }),
      judgeAccounts(base, result),
    ];
  },
};
