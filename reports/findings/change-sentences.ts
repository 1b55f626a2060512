import type { CellChange, ComparedMetric, RunComparison } from '../../results/comparison/change.ts';
import { formatPercentMore, percent, plural } from '../../results/format.ts';
import type { RatioInterval } from '../../results/statistics/log-ratio.ts';
import { metricInWords } from '../../results/verdicts/metric.ts';
import { objectiveInWords } from './load-text.ts';
import { saysNothing } from './numbers.ts';

/** The kinds of change, those that need attention first, with a sign and a word. */
export const changeSigns = {
  worse: '✗ worse',
  broken: '✗ broken',
  better: '✓ better',
  unclear: '? inconclusive',
  unchanged: '= unchanged',
  'not-compared': '– not compared',
} as const;

/** "throughput", "capacity with p95 < 100 ms" */
const comparedInWords = (metric: ComparedMetric): string =>
  metric.kind === 'capacity'
    ? `capacity with ${objectiveInWords(metric.objective)}`
    : metricInWords(metric);

/** What became of one server under one workload, as a clause: "throughput fell by 7 % (5–9 %)". */
export function changeClause({ metric, change }: CellChange, threshold: number): string {
  const what = comparedInWords(metric);
  switch (change.kind) {
    case 'worse':
    case 'better':
      return `${what} ${change.ratio < 1 ? 'fell' : 'rose'} by ${distance(change)}`;
    case 'unchanged':
      return `${what} changed by less than ${percent(threshold)}`;
    case 'unclear':
      return saysNothing(change)
        ? `${what} may have changed by anything; more blocks are needed`
        : `${what} changed by ${signed(change.low)} to ${signed(change.high)}; more blocks are needed`;
    case 'broken':
      return `${what} was lost: ${change.reason}`;
    case 'not-compared':
      return `${what} was not compared: ${change.reason}`;
    default:
      return change satisfies never;
  }
}

/** A line about one change, or about several for which there is no more to say. */
export interface ChangeLine {
  readonly kind: CellChange['change']['kind'];
  readonly sign: string;
  readonly text: string;
}

/**
 * All changes as text. A server that lost several figures under one workload has one line for them; so have all figures
 * that were not compared for the same reason.
 */
export function changeLines({ cells, threshold }: RunComparison): ChangeLine[] {
  const groups = [
    ...Map.groupBy(cells, (cell) => {
      const { server, workload, change } = cell;
      if (change.kind === 'broken') return `broken ${server} ${workload}`;
      return change.kind === 'not-compared' ? `not compared ${change.reason}` : cell;
    }).values(),
  ];
  const [compared, others] = [false, true].map((is) =>
    groups.filter(([cell]) => (cell?.change.kind === 'not-compared') === is),
  );
  return [...(compared ?? []), ...(others ?? [])].flatMap(([cell, ...further]) => {
    if (!cell) return [];
    const { server, workload, change } = cell;
    const what = `${server} on ${workload}: ${changeClause(cell, threshold)}`;
    const more = further.length > 0 ? ` (and ${plural(further.length, 'further figure')})` : '';
    return [{ kind: change.kind, sign: changeSigns[change.kind], text: `${what}${more}` }];
  });
}

/** The result of a comparison in a few sentences, the first of which is its headline: "app got 9 % slower on /api/hash (throughput)." */
export function comparisonSentences({ cells, threshold }: RunComparison): string[] {
  if (cells.length === 0) return ['The two runs have no server and workload in common.'];
  const of = (...kinds: CellChange['change']['kind'][]) =>
    cells.filter(({ change }) => kinds.includes(change.kind));
  const notable = of('worse', 'broken', 'better');
  const named = notable.slice(0, mostNamed).map(verdictOn);
  const more = notable.length - named.length;
  const without = [
    [of('unclear').length, 'inconclusive'],
    [of('not-compared').length, 'not possible'],
  ] as const;
  return [
    ...named,
    more > 0 ? `${plural(more, 'more change')} below.` : '',
    notable.length === 0 && of('unchanged').length > 0
      ? `No change of more than ${percent(threshold)} was found.`
      : '',
    ...without.map(([count, what]) =>
      count > 0 ? `${plural(count, 'comparison')} ${count === 1 ? 'was' : 'were'} ${what}.` : '',
    ),
  ].filter((text) => text !== '');
}

/** A text that names more changes than this is a list. */
const mostNamed = 3;

function verdictOn({ server, workload, metric, change }: CellChange): string {
  const where = `on ${workload} (${comparedInWords(metric)})`;
  if (change.kind !== 'worse' && change.kind !== 'better') {
    return `${server} gave no usable result any more ${where}.`;
  }
  const { value } = formatPercentMore(upward(change));
  return `${server} got ${value} ${change.kind === 'worse' ? 'slower' : 'faster'} ${where}.`;
}

/** "7 % (5–9 %)", up or down. */
function distance(change: RatioInterval): string {
  const { value, range } = formatPercentMore(upward(change));
  return `${value} (${range})`;
}

const upward = ({ ratio, low, high }: RatioInterval): RatioInterval =>
  ratio > 1 ? { ratio, low, high } : { ratio: 2 - ratio, low: 2 - high, high: 2 - low };

/** "+3.2 %", "−8 %" */
const signed = (ratio: number): string => `${ratio < 1 ? '−' : '+'}${percent(Math.abs(ratio - 1))}`;
