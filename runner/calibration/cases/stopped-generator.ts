import { lateSends } from '../../../results/gates/late-sends.ts';
import { pauseProcess } from '../pause.ts';
import { judge, judgeTimes } from '../row.ts';
import { stalledQuantile } from '../truth.ts';
import { type CalibrationCase, openLoopName } from './case.ts';

const windowSeconds = 4;

/** The generator itself stands still: response times are worthless, and the lag of its sends must show it. */
export const stoppedGenerator: CalibrationCase = {
  name: 'generator stopped for 0.3 s of 4',
  behaviour: { kind: 'delay', ms: 1 },
  async measure(rig) {
    const settings = {
      ratePerSecond: 500,
      arrivals: 'uniform' as const,
      warmupSeconds: 1,
      windowSeconds,
    };
    const undisturbed = await rig.runOpen(settings);
    let paused = Promise.resolve(Number.NaN);
    const { pid } = rig.generator;
    const disturbed = await rig.runOpen(settings, ({ type }) => {
      if (type === 'window-started' && pid !== null) paused = pauseProcess(pid, 1000, 300);
    });
    const stoppedMs = await paused;
    const base = { case: this.name, instrument: openLoopName };
    const gate = { ...base, unit: 'windows', tolerance: 0 } as const;
    return [
      ...judgeTimes(base, 'send lag', disturbed.sendLag, {
        p99Ms: stalledQuantile(0.99, stoppedMs, windowSeconds * 1000),
      }),
      judge({
        ...gate,
        quantity: 'void for lateness',
        truth: 1,
        reading: lateSends.test(disturbed).length,
      }),
      judge({
        ...gate,
        quantity: 'void though undisturbed',
        truth: 0,
        reading: lateSends.test(undisturbed).length,
      }),
    ];
  },
};
