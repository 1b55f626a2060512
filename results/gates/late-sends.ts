import type { ClassMeasurement, Measurement } from '../document/run-document.ts';
import { milliseconds, plural } from '../format.ts';
import { highestPercentile } from '../percentile.ts';
import type { Gate, MeasurementGate } from './gate.ts';

/** Requests may be sent this late, or by this share of the response time that is reported if that is more. */
const lagFloorMs = 2;
const lagShare = 0.05;

type Timed = Pick<Measurement, 'sendLag' | 'responseTime'> & {
  readonly classes: readonly Pick<ClassMeasurement, 'responseTime'>[];
};

/**
 * An open loop that sends late measures its own delay. The delay is judged at the percentile that is reported: a few late
 * requests, fewer than lie beyond that percentile, hardly change it.
 */
export const lateSends: Gate<[Timed]> = {
  code: 'late-sends',
  severity: 'void',
  check: 'schedule',
  blame: 'instrument',
  raisedWhen:
    'the delay before sending, at the percentile that is reported (p90 or higher), is above 2 ms and above 5 % of the response time that is reported (of the fastest class)',
  test: (measurement: Timed) => {
    const { sendLag } = measurement;
    if (!sendLag || sendLag.count === 0) return null;
    const limitMs = Math.max(lagFloorMs, lagShare * shortestReportedMs(measurement));
    const { percentile, share } = reportedTail(sendLag.count);
    const lagMs = sendLag[`${percentile}Ms`];
    if (lagMs !== null && lagMs <= limitMs) return null;
    const seen =
      lagMs === null
        ? `${share} of requests or more were never sent`
        : `${share} of requests were sent ${milliseconds(lagMs)} late or more`;
    return {
      message: `${seen} (limit ${milliseconds(limitMs)}): response times include the load generator's own delay`,
      advice: 'end other programs, or give the load generator a core of its own with --client-cpus',
    };
  },
};

/** The highest percentile of so many requests, and the share of requests beyond it. */
function reportedTail(count: number) {
  const highest = highestPercentile(count);
  const percentile = highest === 'p50' ? 'p90' : highest;
  return { percentile, share: { p90: '10 %', p95: '5 %', p99: '1 %' }[percentile] };
}

/** The class with the shortest response time tolerates the least delay. */
function shortestReportedMs({ responseTime, classes }: Timed): number {
  const times = classes.length > 0 ? classes.map((one) => one.responseTime) : [responseTime];
  const reported = times.flatMap((one) => one?.[`${highestPercentile(one.count)}Ms`] ?? []);
  return reported.length > 0 ? Math.min(...reported) : 0;
}

/** A limit on open files, or a server that falls far behind, leaves an open loop without a free connection. */
export const connectionLimit: MeasurementGate = {
  code: 'connection-limit',
  severity: 'warn',
  check: 'schedule',
  blame: 'instrument',
  raisedWhen: 'requests of an open loop waited for one of the connections that may be open',
  test: ({ waitedForConnection, connectionLimit: limit, connections }) => {
    if (!waitedForConnection) return null;
    return {
      message: `${plural(waitedForConnection, 'request')} waited for one of ${limit} connections, the most that may be open: response times include that wait`,
      advice: `offer a lower rate, or raise the limit on open files: ulimit -n ${connections + 100}`,
    };
  },
};
