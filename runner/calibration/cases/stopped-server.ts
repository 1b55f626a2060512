import { pauseProcess } from '../pause.ts';
import { judge, judgeAccounts, judgeTimes } from '../row.ts';
import { stalledQuantile } from '../truth.ts';
import { type CalibrationCase, openLoopName } from './case.ts';

const ratePerSecond = 500;
const windowSeconds = 8;

/** The server stands still for a second: a tenth of the requests must be seen to wait, and none may be lost. */
export const stoppedServer: CalibrationCase = {
  name: 'server stopped for 1 s of 8',
  behaviour: { kind: 'delay', ms: 1 },
  async measure(rig) {
    let paused = Promise.resolve(Number.NaN);
    const result = await rig.runOpen(
      { ratePerSecond, arrivals: 'uniform', warmupSeconds: 1, windowSeconds },
      ({ type }) => {
        if (type === 'window-started') paused = pauseProcess(rig.server.pid, 3000, 1000);
      },
    );
    const stoppedMs = await paused;
    const base = { case: this.name, instrument: openLoopName };
    const truth = (q: number) => stalledQuantile(q, stoppedMs, windowSeconds * 1000);
    const sent = ratePerSecond * windowSeconds;
    return [
      ...judgeTimes(base, 'response time', result.responseTime, {
        p50Ms: 1,
        p99Ms: truth(0.99),
        p999Ms: truth(0.999),
      }),
      judge({
        ...base,
        quantity: 'requests answered',
        unit: 'requests',
        truth: sent,
        reading: result.requests.ok,
        tolerance: 1,
      }),
      judgeAccounts(base, result),
    ];
  },
};
