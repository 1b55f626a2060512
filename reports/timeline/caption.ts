import type { TracedRun } from '../../results/run-document.ts';
import { formatNumber, listed, plural } from '../numbers.ts';
import { mostAtOnce, type Segment } from './segments.ts';

/** What a timeline shows, in two sentences with its own numbers. */
export function timelineCaption({ requests }: TracedRun, segments: readonly Segment[]): string {
  const of = (kind: Segment['kind']) => segments.filter((segment) => segment.kind === kind);
  const inHand = Map.groupBy([...of('waiting'), ...of('computing')], ({ worker }) => worker);
  const busiest = Math.max(0, ...[...inHand.values()].map(mostAtOnce));
  const lastMs = Math.max(...requests.map(({ answeredMs }) => answeredMs));
  const firstMs = Math.min(...requests.map(({ sentMs }) => sentMs));
  const queued = of('queued').reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const [by, each] =
    inHand.size === 1
      ? ['one process or thread', '']
      : [`${inHand.size} processes or threads`, ' in each'];
  const together = [
    ...atOnce(mostAtOnce(of('computing')), 'computed'),
    ...atOnce(mostAtOnce(of('waiting')), 'waited'),
  ];
  return [
    `${plural(requests.length, 'request')} were answered in ${formatNumber(lastMs - firstMs)} ms by ${by}, with at most ${busiest} in hand at once${each}.`,
    `Over all, at most ${listed(together)} at the same time; a request stood in a queue for ${formatNumber(queued / requests.length)} ms on average.`,
  ].join(' ');
}

const atOnce = (count: number, verb: string): string[] => (count > 0 ? [`${count} ${verb}`] : []);
