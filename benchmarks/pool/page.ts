import { type Pair, pairedLogRatio, ratioInterval } from '../../results/statistics/log-ratio.ts';
import { type Claim, claims, type Place } from './claims.ts';
import type { Block, Readings } from './readings.ts';
import { type Scenario, scenarios } from './scenarios.ts';

/** The page that tells all readings: what the pool is meant to reach, and the figures of all contenders. */
export function renderPage(readings: Readings, machine: string): string {
  const measured = scenarios.filter(({ name }) => readings[name]);
  return [
    '# The pool, side by side with others',
    `Written by \`npm run benchmark:pool\`; [pool.md](pool.md) tells what is compared. Measured on ${machine}. In each block all contenders are measured one after the other, in an order that changes from block to block, each started afresh; or, where it says so, all run at once and are asked in short turns. A request that is answered wrongly, or not at all, ends a measurement. Ratios are means over blocks of the paired ratio, with their 95 % intervals; the figures below are medians over blocks.`,
    '## What the pool is meant to reach',
    table(
      ['', 'target', 'measured', '95 % interval', 'blocks', ''],
      claims.map((claim) => claimRow(claim, readings)),
    ),
    'With a fixed number of requests in flight, the mean response time is that number divided by the throughput, whatever the server, and a p99 is hardly ever below the mean. Two servers that keep all CPUs busy have the same mean, so the ratio of their p99s has a bound, which is given where it matters.',
    ...measured.flatMap((scenario) => [
      `## ${scenario.title}`,
      figureTable(scenario, readings[scenario.name] ?? []),
    ]),
    '',
  ].join('\n\n');
}

function claimRow(claim: Claim, readings: Readings): string[] {
  const { text, figure, against, atLeast, atMost } = claim;
  const target = targetOf(claim);
  const pairs = (readings[figure.scenario] ?? []).flatMap((block) => {
    const [a, b] = [valueAt(figure, block), against ? valueAt(against, block) : 1];
    return a !== undefined && b !== undefined && a > 0 && b > 0 ? [{ a, b }] : [];
  });
  const measured = measuredRatio(pairs);
  if (!measured) return [text, target, 'not measured', '', '0', ''];
  const { ratio, interval } = measured;
  const isReached = ratio >= (atLeast ?? 0) && ratio <= (atMost ?? Number.POSITIVE_INFINITY);
  const verdict = target === '' ? '' : isReached ? 'reached' : '**not reached**';
  return [text, target, tell(ratio), interval, String(pairs.length), verdict];
}

function measuredRatio(pairs: readonly Pair[]): { ratio: number; interval: string } | undefined {
  const estimate = pairedLogRatio(pairs);
  if (estimate) {
    const { ratio, low, high } = ratioInterval(estimate);
    return { ratio, interval: `${tell(low)} to ${tell(high)}` };
  }
  const [only] = pairs;
  return only && { ratio: only.a / only.b, interval: 'one block' };
}

function targetOf({ atLeast, atMost }: Claim): string {
  if (atLeast !== undefined) return `≥ ${atLeast}`;
  return atMost === undefined ? '' : `≤ ${atMost}`;
}

function valueAt({ contender, figure }: Place, block: Block): number | undefined {
  return block[contender]?.[figure];
}

function figureTable(scenario: Scenario, blocks: readonly Block[]): string {
  const contenders = scenario.contenders.filter((name) => blocks.some((block) => block[name]));
  const figures = [
    ...new Set(blocks.flatMap((block) => Object.values(block).flatMap(Object.keys))),
  ];
  const rows = contenders.map((contender) => [
    contender,
    ...figures.map((figure) => {
      const values = blocks.flatMap(
        (block) => valueAt({ scenario: '', contender, figure }, block) ?? [],
      );
      return tell(median(values));
    }),
  ]);
  return table(['', ...figures], rows);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (
    ((sorted[Math.ceil(middle - 1)] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
  );
}

function tell(value: number): string {
  if (Number.isNaN(value)) return '–';
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}
