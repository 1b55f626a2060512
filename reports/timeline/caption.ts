import type { TracedRun } from '../../results/run-document.ts';
import { formatNumber, plural } from '../numbers.ts';
import { mostAtOnce, segmentsOf } from './segments.ts';

/** What a timeline shows, in two sentences with its own numbers. */
export function timelineCaption(run: TracedRun): string {
  const segments = segmentsOf(run);
  const of = (kind: string) => segments.filter((segment) => segment.kind === kind);
  const workers = new Set(
    of('waiting')
      .concat(of('computing'))
      .map(({ worker }) => worker),
  ).size;
  const busiest = Math.max(
    0,
    ...[...Map.groupBy(of('computing').concat(of('waiting')), ({ worker }) => worker).values()].map(
      mostAtOnce,
    ),
  );
  const lastMs = Math.max(...run.requests.map(({ answeredMs }) => answeredMs));
  const firstMs = Math.min(...run.requests.map(({ sentMs }) => sentMs));
  const queuedMs =
    of('queued').reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) /
    run.requests.length;
  const by = workers === 1 ? 'one process or thread' : `${workers} processes or threads`;
  return [
    `${plural(run.requests.length, 'request')} were answered in ${formatNumber(lastMs - firstMs)} ms by ${by}, with at most ${busiest} in hand at once${workers === 1 ? '' : ' in each'}.`,
    `Over all, at most ${mostAtOnce(of('computing'))} computed and ${mostAtOnce(of('waiting'))} waited at the same time; a request stood in a queue for ${formatNumber(queuedMs)} ms on average.`,
  ].join(' ');
}
