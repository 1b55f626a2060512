import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareRuns } from '../results/comparison/compare-runs.ts';
import type { RunDocument } from '../results/document/run-document.ts';
import { percent, plural } from '../results/format.ts';
import { trialsOf, valuesByBlock } from '../results/select.ts';
import type { Behaviour } from '../runner/calibration/known-times.ts';
import { usualThreshold } from '../runner/commands/compare.ts';
import { parseShare, parseWholeNumber } from '../runner/plan/flag-values.ts';
import { markdownTable, publishSection } from './harness/page.ts';
import { freshFlag, runProgram } from './harness/program.ts';
import { type BenchmarkRun, nodeCommand, runUnlessSaved } from './harness/run.ts';

/**
 * Whether throughput depends on the length of the window: a server whose five workers answer in step, every 51 ms, in
 * runs with windows of 0.3 to 5 s. Fails when a throughput is more than 1 % off, or `bench compare` reports that a run
 * with another window is worse. Writes its part of docs/trust.md.
 *
 *   npm run benchmark:window-lengths -- [--windows 20] [--blocks 3] [--fresh]
 *
 * Five minutes. A saved run with the same settings is not repeated without `--fresh`.
 */
const tolerated = 0.01;
const slots = 5;
const everyMs = 51;
const truePerSecond = (1000 * slots) / everyMs;
const [shortestMs, longestMs] = [300, 5_000];

const behaviour: Behaviour = { kind: 'in step', slots, everyMs };
const knownServer = join(import.meta.dirname, '../runner/calibration/known-server.ts');

function runWith(windowMs: number, blocks: string): BenchmarkRun {
  return {
    name: `window-lengths-${windowMs}`,
    flags: {
      exec: [nodeCommand(knownServer, {}, [JSON.stringify(behaviour)])],
      name: ['in-step'],
      path: ['/'],
      blocks,
      duration: `${windowMs}ms`,
      seed: '1',
    },
    change: { furtherWindows: [], controls: false, predictions: false, warmupSeconds: 0.3 },
  };
}

/** Errors of the throughput of each block, as shares. */
const errorsOf = (document: RunDocument): number[] =>
  [...valuesByBlock(trialsOf(document), 'closed', (one) => one.throughputPerSecond).values()].map(
    (perSecond) => perSecond / truePerSecond - 1,
  );

/** What `bench compare` reports of the server: a change for the better is one for the worse with the runs swapped. */
function changeBetween(base: RunDocument, next: RunDocument) {
  const { cells } = compareRuns(base, next, parseShare('the threshold', usualThreshold));
  const [change] = cells.map((cell) => cell.change);
  if (!change || !('ratio' in change)) {
    return { isWrong: true, text: `**${change?.reason ?? 'not compared'}**` };
  }
  const { kind, ratio } = change;
  const isWrong = kind === 'worse' || kind === 'better';
  return { isWrong, text: `${isWrong ? `**${kind}**` : kind} (ratio ${ratio.toFixed(4)})` };
}

await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      windows: { type: 'string', default: '20' },
      blocks: { type: 'string', default: '3' },
      ...freshFlag,
    },
  });
  const count = parseWholeNumber('--windows', values.windows, 2, 100);
  const windowsMs = Array.from({ length: count }, (_, index) =>
    Math.round(shortestMs * (longestMs / shortestMs) ** (index / (count - 1))),
  );
  const documents = await Array.fromAsync(windowsMs, (windowMs) =>
    runUnlessSaved(runWith(windowMs, values.blocks), values.fresh),
  );

  const rows = documents.map((document, index) => {
    const next = documents[(index + 1) % count] ?? document;
    return {
      windowMs: windowsMs[index],
      errors: errorsOf(document),
      change: changeBetween(document, next),
    };
  });
  const largest = Math.max(...rows.flatMap(({ errors }) => errors.map(Math.abs)));
  const isMeasured = rows.every(({ errors }) => errors.length > 0);
  const wrong = rows.filter(({ change }) => change.isWrong).length;
  await publishSection('Windows of any length', [
    `\`npm run benchmark:window-lengths\`: a server that answers ${slots} requests every ${everyMs} ms, ${truePerSecond.toFixed(2)} a second, in runs with windows of ${plural(count, 'length')}. Throughput may be ${percent(tolerated)} off; \`bench compare\` of two runs with different windows, one after the other and the last with the first, must report no change. **Largest error ${percent(largest)}; ${wrong} of ${plural(count, 'pair')} changed.**`,
    markdownTable(
      ['window, s', 'errors by block', 'compared with the next'],
      rows.map(({ windowMs = 0, errors, change }) => [
        (windowMs / 1000).toFixed(2),
        errors.map((error) => `${(100 * error).toFixed(2)} %`).join(', ') || 'not measured',
        change.text,
      ]),
    ),
  ]);
  return isMeasured && largest <= tolerated && wrong === 0;
});
