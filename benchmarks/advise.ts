import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RunDocument } from '../results/document/run-document.ts';
import { formatWithRange, plural } from '../results/format.ts';
import { scalingsOf } from '../results/scalability/scaling.ts';
import type { Interval } from '../results/scalability/usl.ts';
import { parseWholeNumber } from '../runner/plan/flag-values.ts';
import { markdownTable, publishSection } from './harness/page.ts';
import { freshFlag, runProgram } from './harness/program.ts';
import { nodeCommand, runUnlessSaved } from './harness/run.ts';

/**
 * Whether `bench advise` finds the Universal Scalability Law of a server that follows it: as many slots as workers, with
 * exponential service of the mean that the law gives for them. Fails when fewer than 9 of 10 intervals of α, of β or of the
 * knee contain the truth. Writes its part of docs/trust.md.
 *
 *   npm run benchmark:advise -- [--runs 10] [--blocks 6] [--duration 1s] [--fresh]
 *
 * A quarter of an hour. A saved run with the same settings is not repeated without `--fresh`.
 */
const law = { perWorker: 300, contention: 0.05, coherency: 0.02 };
const truth = {
  contention: law.contention,
  coherency: law.coherency,
  knee: Math.sqrt((1 - law.contention) / law.coherency),
};
const workers = '1,2,4,6,8,12';
const covered = 0.9;

const knownServer = join(import.meta.dirname, '../runner/calibration/known-server.ts');

type Found = Readonly<Record<keyof typeof truth, Interval | null>>;

function foundIn(document: RunDocument): Found {
  const fitted = scalingsOf(document)[0]?.law;
  if (fitted?.kind !== 'fitted') return { contention: null, coherency: null, knee: null };
  const { fit, knee } = fitted;
  return {
    contention: fit.contention,
    coherency: fit.coherency,
    knee: knee.kind === 'measured' ? knee.workers : null,
  };
}

const contains = (interval: Interval | null, value: number): boolean =>
  interval !== null && interval.low <= value && value <= interval.high;

await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '10' },
      blocks: { type: 'string', default: '6' },
      duration: { type: 'string', default: '1s' },
      ...freshFlag,
    },
  });
  const runs = parseWholeNumber('--runs', values.runs, 1, 1000);
  const { blocks, duration, fresh } = values;
  const behaviour = JSON.stringify({ kind: 'scaling', ...law });
  const flags = {
    exec: [nodeCommand(knownServer, { WORKERS: '{workers}' }, [behaviour])],
    name: ['law'],
    path: ['/'],
    workers,
    blocks,
    duration,
  };
  const change = {
    curve: null,
    predictions: false,
    controls: false,
    furtherWindows: ['closed'],
  } as const;
  const found = await Array.fromAsync({ length: runs }, async (_, index) => {
    const seed = String(index + 1);
    const wanted = { name: `advise-${seed}`, flags: { ...flags, seed }, change };
    return foundIn(await runUnlessSaved(wanted, fresh));
  });

  const names = ['contention', 'coherency', 'knee'] as const;
  const inside = names.map(
    (name) => found.filter((one) => contains(one[name], truth[name])).length,
  );
  const text = (interval: Interval | null) =>
    interval ? formatWithRange(interval.value, interval) : 'not shown';
  await publishSection('A server that follows the scalability law', [
    `\`npm run benchmark:advise\`: a server with as many slots as workers (${workers}), whose capacity follows the Universal Scalability Law, in ${plural(runs, 'run')} of ${plural(Number(blocks), 'block')} with windows of ${duration}. 9 of 10 intervals of α, of β and of the knee must contain the truth. **${inside[0]} of ${runs} do of α, ${inside[1]} of β, ${inside[2]} of the knee.**`,
    markdownTable(
      [
        'run',
        `α = ${truth.contention}`,
        `β = ${truth.coherency}`,
        `knee at ${truth.knee.toFixed(2)} workers`,
      ],
      found.map((one, index) => [String(index + 1), ...names.map((name) => text(one[name]))]),
    ),
  ]);
  return inside.every((count) => count >= covered * runs);
});
