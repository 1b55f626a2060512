import { judge, judgeAccounts, judgeTimes } from '../row.ts';
import { type CalibrationCase, closedLoopName, openLoopName } from './case.ts';

const ms = 100;
const connections = 64;

/** The same time for each request: what generators should find easiest, and the only case a closed loop can time. */
export const constantDelay: CalibrationCase = {
  name: 'constant delay of 100 ms',
  behaviour: { kind: 'delay', ms },
  async measure(rig) {
    const truth = { p50Ms: ms, p99Ms: ms, p999Ms: ms };
    const closed = await rig.runClosed({ connections, warmupSeconds: 1, windowSeconds: 4 });
    const open = await rig.runOpen({ ratePerSecond: 500, warmupSeconds: 1, windowSeconds: 4 });
    const closedBase = { case: this.name, instrument: closedLoopName };
    const openBase = { case: this.name, instrument: openLoopName };
    const capacity = connections / (ms / 1000);
    return [
      judge({
        ...closedBase,
        quantity: 'throughput',
        unit: '/s',
        truth: capacity,
        reading: closed.throughputPerSecond,
        tolerance: 0.01 * capacity,
      }),
      ...judgeTimes(closedBase, 'service time', closed.serviceTime, truth),
      judgeAccounts(closedBase, closed),
      ...judgeTimes(openBase, 'service time', open.serviceTime, truth),
      ...judgeTimes(openBase, 'response time', open.responseTime, truth),
      judgeAccounts(openBase, open),
    ];
  },
};
