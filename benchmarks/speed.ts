import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { verdictSentence } from '../reports/findings/verdict-sentence.ts';
import type { RunDocument } from '../results/document/run-document.ts';
import { percent } from '../results/format.ts';
import { sumOf } from '../results/statistics/summary.ts';
import { compareServers } from '../results/verdicts/decide.ts';
import { isSameMetric } from '../results/verdicts/metric.ts';
import { rankWorkloads } from '../results/verdicts/ranking.ts';
import type { Comparison } from '../results/verdicts/verdict.ts';
import { readRunFile } from '../runner/commands/saved-run.ts';
import { parseWholeNumber } from '../runner/plan/flag-values.ts';
import { findingInWords, findingsOf, headlines } from './harness/headlines.ts';
import { markdownTable, publishSection } from './harness/page.ts';
import { runProgram } from './harness/program.ts';
import { blocksOf } from './harness/run.ts';

/**
 * How long `bench run` takes on the quiet machine until every main comparison is decided, with and without `--quick`, how
 * long it takes with its load curves, and the share of that time in which it measures. Fails when a run takes too long,
 * decides too little or measures too little. Writes its part of docs/trust.md.
 *
 *   npm run benchmark:speed -- [--runs 1]
 *
 * Up to six minutes for one run of each.
 */
const profiles = [
  {
    name: 'default',
    flags: [],
    mostSeconds: 240,
    mostUntilDecided: 150,
    decidesAll: true,
    leastMeasuring: 0.7,
  },
  {
    name: 'quick',
    flags: ['--quick'],
    mostSeconds: 60,
    mostUntilDecided: 60,
    decidesAll: false,
    leastMeasuring: 0,
  },
] as const;

const bin = join(import.meta.dirname, '../runner/bin.ts');

/** Seconds of the whole command, from its start to its end. */
async function timeRun(name: string, flags: readonly string[]) {
  const out = `runs/benchmarks/${name}`;
  await rm(out, { recursive: true, force: true });
  const beganMs = performance.now();
  const words = [bin, 'run', '--out', out, ...flags];
  const command = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(command, 'close');
  const seconds = (performance.now() - beganMs) / 1000;
  if (code !== 0) throw new Error(`bench run ${flags.join(' ')} ended with exit status ${code}`);
  return { seconds, document: await readRunFile(join(out, 'run.json')) };
}

/** Every two servers of a workload, by the metric that the workload is about. */
function mainComparisons(document: RunDocument): Comparison[] {
  const comparisons = compareServers(document);
  return rankWorkloads(document, comparisons).flatMap(({ workload, metric }) =>
    comparisons.filter((one) => one.workload === workload.name && isSameMetric(one.metric, metric)),
  );
}

const isDecided = ({ verdict }: Comparison) => ['faster', 'equivalent'].includes(verdict.kind);

/** All measured windows of a run together. */
const measuringSeconds = ({ trials }: RunDocument) =>
  sumOf(
    trials.flatMap(({ sweep, measurements, curve }) =>
      [...sweep, ...measurements, ...curve].map(({ windowSeconds }) => windowSeconds),
    ),
  );

/** Until the last trial ended that compares servers; later ones measure load curves only. */
const secondsUntilDecided = ({ startedAt, trials }: RunDocument) =>
  Math.max(
    ...trials
      .filter(({ measurements }) => measurements.length > 0)
      .map(
        (trial) => trial.wallSeconds + (Date.parse(trial.startedAt) - Date.parse(startedAt)) / 1000,
      ),
  );

await runProgram(async () => {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '1' } } });
  const runs = parseWholeNumber('--runs', values.runs, 1, 1000);
  const rows = [];
  for (const profile of profiles) {
    const { name, flags, mostSeconds, mostUntilDecided, decidesAll, leastMeasuring } = profile;
    for (let seed = 1; seed <= runs; seed++) {
      const timed = await timeRun(`speed-${name}-${seed}`, [...flags, '--seed', String(seed)]);
      const { seconds, document } = timed;
      const comparisons = mainComparisons(document);
      const undecided = comparisons.filter((one) => !isDecided(one));
      for (const comparison of undecided) console.log(verdictSentence(comparison));
      const findings = findingsOf(document);
      const measuring = measuringSeconds(document) / seconds;
      const untilDecided = secondsUntilDecided(document);
      rows.push({
        isFine:
          seconds <= mostSeconds &&
          untilDecided <= mostUntilDecided &&
          measuring >= leastMeasuring &&
          (!decidesAll || undecided.length === 0) &&
          findings.every(({ isRight }) => isRight),
        cells: [
          `${name}, seed ${seed}`,
          untilDecided.toFixed(0),
          seconds.toFixed(0),
          String(blocksOf(document)),
          percent(measuring),
          `${comparisons.length - undecided.length} of ${comparisons.length}`,
          ...findings.map(findingInWords),
        ],
      });
    }
  }
  const fine = rows.filter(({ isFine }) => isFine).length;
  const [usual, quick] = profiles;
  await publishSection('Time until everything is decided', [
    `\`npm run benchmark:speed\`: \`bench run\` on the quiet machine. A default run must decide every two servers of a workload by its main metric within ${usual.mostUntilDecided} s, may take ${usual.mostSeconds} s with its load curves, and must measure for ${percent(usual.leastMeasuring)} of that time; \`--quick\` may take ${quick.mostSeconds} s and must decide three comparisons. **${fine} of ${rows.length} runs did.** Measuring is the time in measured windows: not warm-up, starts, checks or single requests.`,
    markdownTable(
      [
        'run',
        'seconds until decided',
        'seconds',
        'blocks',
        'measuring',
        'decided',
        ...headlines.map(({ title }) => title),
      ],
      rows.map(({ cells }) => cells),
    ),
  ]);
  return fine === rows.length;
});
