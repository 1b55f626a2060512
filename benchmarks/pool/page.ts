import { formatNumber } from '../../results/format.ts';
import { medianOf } from '../../results/statistics/summary.ts';
import { markdownTable, measuredOn, ratioOf } from '../harness/page.ts';
import { type Block, type Scenario, scenarios } from './scenarios.ts';
import type { ServerName } from './servers.ts';

const byWrk = 'wrk: p99, ms';
const beside = 'beside: p99, ms';
const slowdown = 'p99 / single request';

type Place = readonly [server: ServerName, figure: string];

/** A figure in a scenario, or its ratio to a second figure, and the bound that the pool should keep. */
interface Target {
  readonly scenario: string;
  readonly of: Place;
  readonly to?: Place;
  readonly atLeast?: number;
  readonly atMost?: number;
}

const targets: readonly Target[] = [
  { scenario: 'cpu', of: ['pool', 'req/s'], to: ['node:cluster', 'req/s'], atLeast: 0.98 },
  { scenario: 'cpu', of: ['pool', 'req/s'], to: ['piscina', 'req/s'], atLeast: 1.1 },
  { scenario: 'cpu', of: ['pool', 'req/s'], to: ['piscina tuned', 'req/s'] },
  { scenario: 'cpu', of: ['pool', byWrk], to: ['node:cluster', byWrk], atMost: 0.4 },
  { scenario: 'cpu', of: ['pool', 'p99, ms'], to: ['node:cluster', 'p99, ms'], atMost: 0.4 },
  { scenario: 'cpu', of: ['pool', 'mean, ms'], to: ['node:cluster', 'p99, ms'] },
  { scenario: 'cpu', of: ['pool', slowdown], to: ['Go, equal CPU time', slowdown], atMost: 0.5 },
  { scenario: 'wait', of: ['pool', beside], to: ['pool', 'alone: p99, ms'], atMost: 1.1 },
  { scenario: 'wait', of: ['pool', beside], to: ['Go', beside], atMost: 1 },
  { scenario: 'fanout-24', of: ['event-loop', 'p50, ms'], to: ['pool', 'p50, ms'], atLeast: 1.8 },
  { scenario: 'fanout-27', of: ['event-loop', 'p50, ms'], to: ['pool', 'p50, ms'], atLeast: 1.8 },
  { scenario: 'dispatch', of: ['pool', '64 in flight: µs per task'], atMost: 5 },
  { scenario: 'dispatch', of: ['pool', 'one at a time: p50, µs'], atMost: 30 },
  { scenario: 'hello', of: ['pool', 'req/s'], to: ['event-loop', 'req/s'], atLeast: 0.95 },
  { scenario: 'connections', of: ['pool', 'req/s'], to: ['event-loop', 'req/s'], atLeast: 0.9 },
  { scenario: 'connections', of: ['pool', 'p99, ms'], atMost: 750 },
  { scenario: 'kills', of: ['pool', 'lost'], to: ['pool', 'kills'], atMost: 1 },
];

/** The blocks measured of each scenario. */
export type PoolResults = Readonly<Record<string, readonly Block[]>>;

/** docs/pool-benchmark.md: the targets of the pool, and the figures of all servers. */
export function renderPage(results: PoolResults): string {
  return [
    '# The pool next to other servers',
    `Written by \`npm run benchmark:pool\`; [pool.md](pool.md) describes the pool. ${measuredOn()} A block measures every server once, each freshly started, in an order that changes from block to block; where a title says "in turns", all servers run at once and are loaded in short turns. A wrong or missing answer stops the benchmark. Ratios are means over blocks of the ratio within a block, with 95 % CI; the tables of figures show medians over blocks.`,
    '## Targets of the pool',
    markdownTable(
      ['scenario', 'figure or ratio', 'target', 'measured (95 % CI)', 'blocks', ''],
      targets.map((target) => targetRow(target, results)),
    ),
    'Every answer was right, or named the killed worker thread. Times by wrk include connecting. With a fixed number of requests in flight, the mean response time is that number divided by the throughput, whatever the server, and a p99 is hardly ever below the mean. Two servers that keep all CPUs busy have the same mean, so the ratio of their p99s has a lower bound: the mean of the first / the p99 of the second.',
    ...scenarios.flatMap((scenario) => {
      const blocks = results[scenario.name];
      return blocks ? [`## ${scenario.title}`, figureTable(scenario, blocks)] : [];
    }),
    '',
  ].join('\n\n');
}

function targetRow(row: Target, results: PoolResults): string[] {
  const { scenario, of, to, atLeast, atMost } = row;
  const pairs = (results[scenario] ?? []).flatMap((block) => {
    const [a, b] = [valueAt(of, block), to ? valueAt(to, block) : 1];
    return a !== undefined && b !== undefined && a > 0 && b > 0 ? [{ a, b }] : [];
  });
  const text = describe(row);
  const target = atLeast ? `≥ ${atLeast}` : atMost ? `≤ ${atMost}` : '';
  const measured = ratioOf(pairs);
  if (!measured) return [scenario, text, target, 'not measured', '0', ''];
  const { ratio } = measured;
  const isReached = ratio >= (atLeast ?? 0) && ratio <= (atMost ?? Number.POSITIVE_INFINITY);
  const result = target === '' ? '' : isReached ? 'reached' : '**not reached**';
  return [scenario, text, target, measured.text, String(pairs.length), result];
}

/** "req/s: pool / event-loop", "pool mean, ms / node:cluster p99, ms" or "pool p99, ms" */
function describe({ of, to }: Target): string {
  if (to && of[1] === to[1]) return `${of[1]}: ${of[0]} / ${to[0]}`;
  return [of, ...(to ? [to] : [])].map((place) => place.join(' ')).join(' / ');
}

function valueAt([server, figure]: Place, block: Block): number | undefined {
  return block[server]?.[figure];
}

function figureTable(scenario: Scenario, blocks: readonly Block[]): string {
  const servers = scenario.servers.filter((name) => blocks.some((block) => block[name]));
  const figures = [
    ...new Set(blocks.flatMap((block) => Object.values(block).flatMap(Object.keys))),
  ];
  const median = (place: Place) => medianOf(blocks.flatMap((block) => valueAt(place, block) ?? []));
  const rows = servers.map((server) => [
    server,
    ...figures.map((figure) => formatNumber(median([server, figure]))),
  ]);
  return markdownTable(['', ...figures], rows);
}
