import type { Contest } from '../../contest.ts';
import type { Look } from '../../palette.ts';
import { barFigure } from '../bar-figure.ts';
import type { Html } from '../html.ts';

/** Requests answered a second, by server. */
export function throughput(contest: Contest, looks: ReadonlyMap<string, Look>): Html {
  return barFigure(contest, looks, {
    id: 'throughput',
    title: contest.workload.classes.length > 1 ? 'Throughput, all classes together' : 'Throughput',
    axis: 'requests/s',
    about: 'Requests answered a second, closed loop',
    missing: 'No trial gave a throughput that may be used.',
    of: ({ throughputPerSecond }) => throughputPerSecond,
  });
}
