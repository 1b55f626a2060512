import { formatFactor, formatPercentMore, formatRange, percent } from '../../results/format.ts';
import { mostBlocks } from '../../results/statistics/sample-size.ts';
import { type Metric, metricInWords } from '../../results/verdicts/metric.ts';
import type {
  Comparison,
  Equivalent,
  Faster,
  Floor,
  Indistinguishable,
} from '../../results/verdicts/verdict.ts';

type NameOf = (server: string) => string;

/** From here on "times" reads better than "per cent more". */
const factorFrom = 1.5;

/**
 * What a comparison showed, in a sentence that says no more than its verdict does. A server's own name keeps its
 * letters, even at the beginning.
 *
 * @param nameOf how the sentence calls a server
 */
export function verdictSentence(
  comparison: Comparison,
  nameOf: NameOf = (server) => server,
): string {
  const text = `${verdictClause(comparison, nameOf)}.`;
  const beginsWithName = [comparison.first, comparison.second].some((name) =>
    text.startsWith(name),
  );
  return beginsWithName ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** The same, to be put into a longer sentence: no capital letter, no full stop. */
export function verdictClause(
  { metric, first, second, verdict }: Comparison,
  nameOf: NameOf = (server) => server,
): string {
  if (verdict.kind === 'faster') return `${advantage(verdict, metric, nameOf)}${aside(verdict)}`;
  const both = `${nameOf(first)} and ${nameOf(second)}`;
  const what = metricInWords(metric);
  if (verdict.kind === 'equivalent') {
    return `${both} are equivalent in ${what}: they differ by less than ${percent(verdict.margin)}${fewerBlocks(verdict)}`;
  }
  if (verdict.kind === 'indistinguishable' && verdict.cause === 'many-comparisons') {
    return `${both} likely differ in ${what}, ${byHowMuch(verdict)}`;
  }
  if (verdict.kind === 'indistinguishable') {
    return `${both} cannot be told apart in ${what}: ${whyNot(verdict)}`;
  }
  return `${both} were not compared in ${what}: ${verdict.reason}`;
}

function advantage(verdict: Faster, metric: Metric, nameOf: NameOf): string {
  const [ahead, behind] = [nameOf(verdict.ahead), nameOf(verdict.behind)];
  const large = verdict.ratio >= factorFrom;
  if (metric.kind === 'throughput') {
    return large
      ? `${ahead} serves ${phrase(formatFactor(verdict), `what ${behind} does`)}`
      : `${ahead} serves ${phrase(formatPercentMore(verdict), `more than ${behind}`)}`;
  }
  const times = `the ${metricInWords(metric)} is`;
  return large
    ? `${times} ${phrase(formatFactor(verdict), `as long on ${behind} as on ${ahead}`)}`
    : `${times} ${phrase(formatPercentMore(verdict), `longer on ${behind} than on ${ahead}`)}`;
}

const phrase = ({ value, range }: { value: string; range: string }, words: string) =>
  `${value} ${words} (${range})`;

function aside(verdict: Faster): string {
  return `${fewerBlocks(verdict)}${verdict.withinMargin ? ', which is too little to matter' : ''}`;
}

/** On what it rests, where that is not all that was measured. */
function fewerBlocks({ blocks, blocksTried }: Faster | Equivalent): string {
  return blocks < blocksTried ? `, by the ${blocks} of ${blocksTried} blocks that have both` : '';
}

function whyNot(verdict: Indistinguishable): string {
  if (verdict.cause === 'noise') {
    const { range } = formatRange(verdict.ratio, verdict);
    return `after ${verdict.blocks} blocks the ratio may be ${range}; ${whatWould(verdict)}`;
  }
  const { value, range } = formatRange(verdict.ratio, verdict);
  return `a ratio of ${value} (${range}) is ${belowFloor[verdict.floor.source](percent(verdict.floor.share))}`;
}

function byHowMuch(verdict: Indistinguishable): string {
  const { value, range } = formatRange(verdict.ratio, verdict);
  return `by a ratio of ${value} (${range}), but ${verdict.blocks} blocks cannot rule out chance among so many comparisons; ${whatWould(verdict)}`;
}

const belowFloor: Record<Floor['source'], (share: string) => string> = {
  'same-server': (share) => `no more than servers differ from themselves in this run (${share})`,
  plan: (share) => `within the ${share} that so short a run cannot answer for`,
  resolution: (share) => `within the ${share} that so few requests resolve`,
};

function whatWould({ blocksNeeded }: Indistinguishable): string {
  return blocksNeeded === null
    ? `more than ${mostBlocks} blocks would be needed to tell`
    : `about ${blocksNeeded} blocks would tell`;
}
