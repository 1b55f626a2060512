import type { TracedRun } from '../../results/document/run-document.ts';
import { formatNumber, listed, plural } from '../findings/numbers.ts';
import { mostAtOnce, type Segment } from './segments.ts';

/** What a timeline shows, in two sentences with its own numbers. */
export function timelineCaption({ requests }: TracedRun, segments: readonly Segment[]): string {
  const of = (kind: Segment['kind']) => segments.filter((segment) => segment.kind === kind);
  const workers = new Set(requests.map(({ worker }) => worker)).size;
  const inHand = Math.max(...requests.map(({ inFlight }) => inFlight));
  const lastMs = Math.max(...requests.map(({ answeredMs }) => answeredMs));
  const firstMs = Math.min(...requests.map(({ sentMs }) => sentMs));
  const lastSentMs = Math.max(...requests.map(({ sentMs }) => sentMs));
  const queued = of('queued').reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const by = workers === 1 ? 'one process or thread' : `${workers} processes or threads`;
  const together = [
    ...atOnce(mostAtOnce(of('computing')), 'computed'),
    ...atOnce(mostAtOnce(of('waiting')), 'waited'),
  ];
  return [
    `${plural(requests.length, 'request')}, sent within ${formatNumber(lastSentMs - firstMs)} ms, were answered in ${formatNumber(lastMs - firstMs)} ms by ${by}, with at most ${inHand} in hand at once in a process.`,
    `Over all, at most ${listed(together)} at the same time; a request stood in a queue for ${formatNumber(queued / requests.length)} ms on average.`,
  ].join(' ');
}

const atOnce = (count: number, verb: string): string[] => (count > 0 ? [`${count} ${verb}`] : []);
