import { lateSends } from '../../../results/gates/late-sends.ts';
import { checkCount, checkOutcomes, checkTimes, networkMs } from '../check.ts';
import { stalledQuantile } from '../known-times.ts';
import { type CalibrationCase, pauseProcess } from '../rig.ts';

const steady = { ratePerSecond: 500, arrivals: 'uniform', warmupSeconds: 1 } as const;

/** The server stands still for a second: the requests of that second must show it, and none may be lost. */
export const stoppedServer: CalibrationCase = {
  name: 'server stopped for 1 s of 8 s',
  behaviour: { kind: 'delay', ms: 1 },
  async measure(rig) {
    let paused = Promise.resolve(Number.NaN);
    const result = await rig.runOpen({ ...steady, windowSeconds: 8 }, ({ type }) => {
      if (type === 'window-started') paused = pauseProcess(rig.server.pid, 3000, 1000);
    });
    const stoppedMs = await paused;
    const quantile = (q: number) => stalledQuantile(q, stoppedMs, 8000);
    const known = { p50Ms: 1, p99Ms: quantile(0.99), p999Ms: quantile(0.999) };
    return [
      ...checkTimes('open loop', 'response time', result.responseTime, known, networkMs(result)),
      { ...checkCount('open loop', 'good responses', 8 * 500, result.requests.ok), tolerance: 1 },
      checkOutcomes('open loop', result),
    ];
  },
};

/** The generator itself stands still: its response times are worthless, and its send lag must show that. */
export const stoppedGenerator: CalibrationCase = {
  name: 'load generator stopped for 0.3 s of 4 s',
  behaviour: { kind: 'delay', ms: 1 },
  async measure(rig) {
    const settings = { ...steady, windowSeconds: 4 };
    const undisturbed = await rig.runOpen(settings);
    let paused = Promise.resolve(Number.NaN);
    const { pid } = rig.generator;
    const disturbed = await rig.runOpen(settings, ({ type }) => {
      if (type === 'window-started' && pid !== null) paused = pauseProcess(pid, 1000, 300);
    });
    const known = { p99Ms: stalledQuantile(0.99, await paused, 4000) };
    return [
      ...checkTimes('open loop', 'send lag', disturbed.sendLag, known),
      checkCount('open loop', 'void windows', 1, lateSends.test(disturbed) ? 1 : 0),
      checkCount('open loop', 'void if undisturbed', 0, lateSends.test(undisturbed) ? 1 : 0),
    ];
  },
};

const dropped = 37;

/** Responses that never come, and connections that end instead: each must be counted exactly once. */
const droppedResponses = (
  how: 'closing the connection' | 'silence',
  generator: 'closed loop' | 'open loop',
): CalibrationCase => ({
  name: `${dropped} responses dropped by ${how}, ${generator}`,
  behaviour: { kind: 'drop', every: 20, times: dropped, how },
  async measure(rig) {
    const outcome = how === 'silence' ? 'timeouts' : 'errors';
    const settings = { windowSeconds: 2, timeoutSeconds: how === 'silence' ? 2 : 10 };
    const result =
      generator === 'closed loop'
        ? await rig.runClosed({ ...settings, connections: 50 })
        : await rig.runOpen({ ...settings, ratePerSecond: 500 });
    const { sent, ok } = result.requests;
    return [
      checkCount(generator, outcome, dropped, result.requests[outcome]),
      checkCount(generator, 'requests lost', dropped, sent - ok),
      checkOutcomes(generator, result),
    ];
  },
});

export const droppedResponseCases: readonly CalibrationCase[] = [
  droppedResponses('closing the connection', 'closed loop'),
  droppedResponses('closing the connection', 'open loop'),
  droppedResponses('silence', 'closed loop'),
  droppedResponses('silence', 'open loop'),
];
