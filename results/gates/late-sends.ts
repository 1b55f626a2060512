import type { ClassMeasurement, Measurement, Warning } from '../document/run-document.ts';
import { milliseconds } from '../format.ts';
import { highestPercentile } from '../verdicts/metric.ts';

/** Requests may leave this late, or by this share of the time that is reported if that is more. */
const lagFloorMs = 2;
const lagShare = 0.05;

type Timed = Pick<Measurement, 'sendLag' | 'responseTime'> & {
  readonly classes: readonly Pick<ClassMeasurement, 'responseTime'>[];
};

/** An open loop that sends late measures its own delay. */
export const lateSends = (measurement: Timed): Warning[] => {
  const { sendLag } = measurement;
  if (!sendLag || sendLag.count === 0) return [];
  const limitMs = Math.max(lagFloorMs, lagShare * shortestReportedMs(measurement));
  if (sendLag.p99Ms !== null && sendLag.p99Ms <= limitMs) return [];
  const seen = sendLag.p99Ms === null ? 'never left' : `left ${milliseconds(sendLag.p99Ms)} late`;
  return [
    {
      code: 'late-sends',
      severity: 'void',
      message: `one in a hundred requests ${seen} or more (${milliseconds(limitMs)} is allowed)`,
      advice: 'end other programs, or give the load generator a core of its own with --client-cpus',
    },
  ];
};

/** Of the classes, which are reported apart, the one with the shortest times bears the least delay. */
function shortestReportedMs({ responseTime, classes }: Timed): number {
  const apart = classes.length > 0 ? classes.map((one) => one.responseTime) : [responseTime];
  const reported = apart.flatMap((times) => times?.[`${highestPercentile(times.count)}Ms`] ?? []);
  return reported.length > 0 ? Math.min(...reported) : 0;
}
