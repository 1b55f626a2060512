import { parseArgs } from 'node:util';
import { verdictSentence } from '../reports/findings/verdict-sentence.ts';
import type { RunDocument } from '../results/document/run-document.ts';
import { percent, plural } from '../results/format.ts';
import { sumOf } from '../results/statistics/summary.ts';
import { compareServers } from '../results/verdicts/decide.ts';
import { parseWholeNumber } from '../runner/plan/flag-values.ts';
import { burstsDescription, runDisturbed } from './harness/bursts.ts';
import { markdownTable, publishSection } from './harness/page.ts';
import { freshFlag, runProgram } from './harness/program.ts';
import { eventLoopCommand, runSeeds } from './harness/run.ts';

/**
 * How often a server is called faster than itself: the event loop under several names. Fails when more than 5 % of the
 * comparisons say so. With `--disturbed`, another program takes a core in bursts. Writes its part of docs/trust.md.
 *
 *   npm run benchmark:same-server -- [--disturbed] [--seeds 4] [--blocks 4] [--names 5] [--duration 700ms] [--fresh]
 *
 * Seven minutes for four seeds. A saved run with the same settings is not repeated without `--fresh`.
 */
const tolerated = 0.05;

const quietMode = { run: 'same-server', flag: '', title: '', during: '', measureRun: undefined };
const disturbedMode = {
  run: 'same-server-disturbed',
  flag: ' -- --disturbed',
  title: ', another program beside it',
  during: `, while ${burstsDescription}`,
  measureRun: runDisturbed,
};

/** How many comparisons of a run ended in which verdict. */
function countVerdicts(document: RunDocument) {
  const comparisons = compareServers(document);
  const count = (kind: string) => comparisons.filter(({ verdict }) => verdict.kind === kind).length;
  const notMeasured = count('not-measured');
  return {
    seed: document.seed,
    blocks: document.plan.blocks,
    comparisons: comparisons.length - notMeasured,
    faster: count('faster'),
    equivalent: count('equivalent'),
    'no significant difference': count('indistinguishable'),
    'not measured': notMeasured,
  };
}

await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      disturbed: { type: 'boolean', default: false },
      seeds: { type: 'string', default: '4' },
      blocks: { type: 'string', default: '4' },
      names: { type: 'string', default: '5' },
      duration: { type: 'string', default: '700ms' },
      ...freshFlag,
    },
  });
  const seeds = parseWholeNumber('--seeds', values.seeds, 1, 1000);
  const copies = parseWholeNumber('--names', values.names, 2, 20);
  const name = Array.from({ length: copies }, (_, index) => `copy-${index + 1}`);
  const { disturbed, blocks, duration } = values;
  const exec = name.map(() => eventLoopCommand());
  const flags = { exec, name, workload: 'cpu', blocks, duration };
  const { run, flag, title, during, measureRun } = disturbed ? disturbedMode : quietMode;
  const documents = await runSeeds(run, seeds, { flags, fresh: values.fresh, measureRun });

  const wrong = documents
    .flatMap((document) => compareServers(document))
    .filter(({ verdict }) => verdict.kind === 'faster');
  for (const comparison of wrong) console.log(verdictSentence(comparison));
  const rows = documents.map(countVerdicts);
  const comparisons = sumOf(rows.map((row) => row.comparisons));
  const share = wrong.length / comparisons;
  await publishSection(`One server under several names${title}`, [
    `\`npm run benchmark:same-server${flag}\`: the event loop under \`cpu\`${during}, every name compared with every other in throughput and in response time. Every "faster" is a false claim; at most ${percent(tolerated)} of the comparisons may be one. **${plural(comparisons, 'comparison')}, ${wrong.length} false (${percent(share)}).**`,
    markdownTable(
      Object.keys(rows[0] ?? {}),
      rows.map((row) => Object.values(row).map(String)),
    ),
  ]);
  return share <= tolerated;
});
