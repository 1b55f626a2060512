import {
  formatFactor,
  formatNumber,
  formatPercentMore,
  milliseconds,
  percent,
  plural,
} from '../../results/format.ts';
import { mostBlocks } from '../../results/statistics/sample-size.ts';
import { type Metric, metricInWords } from '../../results/verdicts/metric.ts';
import { valueRatio } from '../../results/verdicts/ranking.ts';
import type {
  Comparison,
  Equivalent,
  Faster,
  Floor,
  Indistinguishable,
  OneFailed,
} from '../../results/verdicts/verdict.ts';
import { ratioRange } from './numbers.ts';
import { sentence, serverInWords } from './words.ts';

/** From here on "1.5× as many" reads better than "50 % more". */
const factorFrom = 1.5;

/** What a comparison showed, in a sentence that says no more than the verdict does. */
export const verdictSentence = (comparison: Comparison, subject?: string): string =>
  sentence(verdictClause(comparison, subject), [comparison.first, comparison.second]);

/**
 * What a comparison showed, as a clause.
 *
 * @param subject the server whose value is divided by the other's where only a ratio is given
 * @param label what the interval is called, as "95 % CI "; empty where a reader knows
 */
export function verdictClause(comparison: Comparison, subject = comparison.first, label = '') {
  const { metric, first, second, verdict } = comparison;
  const what = metricInWords(metric);
  const [one, other] = (subject === first ? [first, second] : [second, first]).map(serverInWords);
  const between = `in ${what} between ${one} and ${other}`;
  switch (verdict.kind) {
    case 'faster':
      return `${advantage(verdict, metric, '', label)}${fewerBlocks(verdict)}${verdict.withinMargin ? '; the difference is too small to matter' : ''}`;
    case 'equivalent':
      return `${one} and ${other} are equivalent in ${what}, within ${percent(verdict.margin)}${fewerBlocks(verdict)}`;
    case 'one-failed':
      return oneFailed(verdict, metric);
    case 'not-measured':
      return `${one} and ${other} were not compared in ${what}: ${verdict.reason}`;
    case 'indistinguishable':
      break;
    default:
      return verdict satisfies never;
  }
  if (verdict.cause === 'many-comparisons') {
    const probable = advantage(orient(verdict, first, second), metric, 'probably ', label);
    return `${probable}, but ${plural(verdict.blocks, 'block')} are too few to be sure; ${blocksNeeded(verdict)}`;
  }
  const ratio = `ratio ${ratioRange(valueRatio(comparison, subject) ?? verdict)}`;
  return verdict.cause === 'noise'
    ? `no significant difference ${between} after ${plural(verdict.blocks, 'block')} (${ratio}); ${blocksNeeded(verdict)}`
    : `no significant difference ${between} (${ratio}): ${belowFloor[verdict.floor.source](percent(verdict.floor.share))}`;
}

function oneFailed({ ahead, behind, value, failure, blocks }: OneFailed, metric: Metric): string {
  const held =
    metric.kind === 'throughput'
      ? `${serverInWords(ahead)} serves ${formatNumber(value)} requests/s`
      : `${serverInWords(ahead)} has a ${metricInWords(metric)} of ${milliseconds(value)}`;
  return `${held}; ${serverInWords(behind)} ${failure} in each of ${plural(blocks, 'block')}`;
}

type Advantage = Pick<Faster, 'ahead' | 'behind' | 'ratio' | 'low' | 'high'>;

/** The ratio of an undecided verdict says how many times better the first server is; of an advantage, the better one. */
const orient = ({ ratio, low, high }: Indistinguishable, first: string, second: string) =>
  ratio >= 1
    ? { ahead: first, behind: second, ratio, low, high }
    : { ahead: second, behind: first, ratio: 1 / ratio, low: 1 / high, high: 1 / low };

function advantage(seen: Advantage, metric: Metric, hedge: string, label: string): string {
  const [ahead, behind] = [serverInWords(seen.ahead), serverInWords(seen.behind)];
  const isLarge = seen.ratio >= factorFrom;
  const { value, range } = isLarge
    ? { ...formatFactor(seen), range: ratioRange(seen) }
    : formatPercentMore(seen);
  const words =
    metric.kind === 'throughput'
      ? [
          `${ahead} ${hedge}serves`,
          `${isLarge ? 'as many requests as' : 'more requests than'} ${behind}`,
        ]
      : [
          `the ${metricInWords(metric)} is ${hedge.trimEnd()}`.trimEnd(),
          isLarge ? `as long on ${behind} as on ${ahead}` : `longer on ${behind} than on ${ahead}`,
        ];
  return `${words[0]} ${value} ${words[1]} (${label}${range})`;
}

/** How many blocks a verdict rests on, where others gave no result for both servers, or other programs disturbed them. */
function fewerBlocks({ blocks, blocksTried, blocksDisturbed }: Faster | Equivalent): string {
  if (blocks === blocksTried) return '';
  const why = blocksDisturbed > 0 ? ` (${blocksDisturbed} disturbed)` : '';
  return `, from ${blocks} of ${blocksTried} blocks${why}`;
}

const belowFloor: Record<Floor['source'], (share: string) => string> = {
  'same-server': (share) => `in this run, the same server measured twice differed by ${share}`,
  plan: (share) => `so short a run detects only differences above ${share}`,
  resolution: (share) => `so few requests resolve only differences above ${share}`,
};

const blocksNeeded = (verdict: Indistinguishable): string =>
  verdict.blocksNeeded === null
    ? `more than ${plural(mostBlocks, 'block')} would be needed`
    : `about ${plural(verdict.blocksNeeded, 'block')} would be needed`;
