import { percent } from '../../results/verdicts/ratio-in-words.ts';
import type { Outcomes, SameServer, SlowerServer, WatchedRun } from './kept.ts';
import { markdownTable } from './table.ts';

/** The page that tells how far the instrument was found to be trusted. */
export function renderPage(outcomes: Outcomes): string {
  return [
    '# Can the numbers be trusted?',
    `Written by the programs that it names, each of which puts the instrument to a test whose right answer is known. Measured on ${outcomes.machine}.`,
    ...[
      sameServerPart(outcomes.sameServer),
      slowerServerPart(outcomes.slowerServer),
      faultsPart(outcomes.faults),
      cleanRunsPart(outcomes.cleanRuns),
    ].flat(),
    '',
  ].join('\n\n');
}

export function sameServerPart(runs: readonly SameServer[]): string[] {
  if (runs.length === 0) return [];
  const total = (key: 'comparisons' | 'falselyFaster') =>
    runs.reduce((sum, run) => sum + run[key], 0);
  const [comparisons, wrong] = [total('comparisons'), total('falselyFaster')];
  return [
    '## One server under several names',
    `\`npm run benchmark:same-server\`: the event loop under \`cpu\`, every name against every other in throughput and in response time. Any "faster" is false; at most 5 % may be. **${comparisons} comparisons, ${wrong} false (${percent(wrong / Math.max(1, comparisons))}).**`,
    markdownTable(
      ['seed', 'blocks', 'comparisons', 'faster', 'equivalent', 'not told apart', 'not measured'],
      runs.map((run) =>
        [
          run.seed,
          run.blocks,
          run.comparisons,
          run.falselyFaster,
          run.equivalent,
          run.indistinguishable,
          run.notMeasured,
        ].map(String),
      ),
    ),
  ];
}

export function slowerServerPart(runs: readonly SlowerServer[]): string[] {
  if (runs.length === 0) return [];
  const found = runs.filter(({ toldApart }) => toldApart).length;
  return [
    '## A server that computes 5 % more',
    `\`npm run benchmark:slower-server\`: the event loop beside itself with 5.07 % more computing in every request, under \`cpu\`, at the default budget. The plain one must be called faster in throughput in 9 of 10 runs or more. **${found} of ${runs.length}.**`,
    markdownTable(
      ['seed', 'blocks', 'seconds', 'throughput', 'response time'],
      runs.map((run) => [
        String(run.seed),
        String(run.blocks),
        run.wallSeconds.toFixed(0),
        run.throughput,
        run.responseTime,
      ]),
    ),
  ];
}

export function faultsPart(runs: readonly WatchedRun[]): string[] {
  if (runs.length === 0) return [];
  const seen = runs.filter(wasSeen).length;
  return [
    '## Faults put into a run',
    `\`npm run benchmark:faults\`: each fault is there during a short run, which must carry one of the warnings expected. **${seen} of ${runs.length} flagged.**`,
    markdownTable(
      ['fault', 'what was done', 'expected', 'flagged', ''],
      runs.map((run) => [
        run.name,
        run.what,
        run.expected.join(' or '),
        run.flagged.join(', ') || 'nothing',
        wasSeen(run) ? '' : '**missed**',
      ]),
    ),
  ];
}

export function cleanRunsPart(runs: readonly WatchedRun[]): string[] {
  if (runs.length === 0) return [];
  const quiet = runs.filter(({ flagged }) => flagged.length === 0).length;
  return [
    '## Runs without a fault',
    `The same program: nothing may be flagged as a warning or as void. **${quiet} of ${runs.length} without.**`,
    markdownTable(
      ['run', 'flagged'],
      runs.map(({ what, flagged }) => [what, flagged.join(', ') || 'nothing']),
    ),
  ];
}

/** Whether one of the warnings expected was among those given. */
export function wasSeen({ expected, flagged }: Pick<WatchedRun, 'expected' | 'flagged'>): boolean {
  return expected.some((code) => flagged.includes(code));
}
