import { judgeAccounts, judgeTimes } from '../row.ts';
import { type CalibrationCase, openLoopName } from './case.ts';

const ms = 10;
const slow = { every: 100, ms: 200 };

/** One request in a hundred is slow. p99 lies on the edge between the two and is not asked for. */
export const twoModes: CalibrationCase = {
  name: '10 ms, and 200 ms for 1 % of requests',
  behaviour: { kind: 'delay', ms, slow },
  async measure(rig) {
    const result = await rig.runOpen({ ratePerSecond: 500, warmupSeconds: 1, windowSeconds: 6 });
    const base = { case: this.name, instrument: openLoopName };
    const truth = { p50Ms: ms, p95Ms: ms, p999Ms: slow.ms };
    return [
      ...judgeTimes(base, 'response time', result.responseTime, truth),
      judgeAccounts(base, result),
    ];
  },
};
