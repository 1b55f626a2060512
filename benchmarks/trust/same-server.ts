import { parseArgs } from 'node:util';
import { verdictSentence } from '../../reports/findings/verdict-sentence.ts';
import { judge } from '../../results/verdicts/judge.ts';
import { parseWholeNumber } from '../../runner/plan/quantities.ts';
import { conduct } from './conduct.ts';
import { eventLoopCommand } from './event-loop-command.ts';
import { loadOutcomes, type SameServer } from './kept.ts';
import { sameServerPart } from './page.ts';
import { tellErrorsPlainly } from './plain-errors.ts';
import { logTrials } from './progress.ts';
import { publish } from './publish.ts';

/**
 * How often one server under several names is said to be faster than itself.
 *
 *   npm run benchmark:same-server -- [--seeds 3] [--blocks 4] [--names 5] [--duration 700ms] [--fresh]
 *
 * Five minutes as it is. Seeds that are done are kept, and not run again, unless `--fresh`.
 */
tellErrorsPlainly();
const { values: flags } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    blocks: { type: 'string', default: '4' },
    names: { type: 'string', default: '5' },
    duration: { type: 'string', default: '700ms' },
    fresh: { type: 'boolean', default: false },
  },
});
const mostFalse = 0.05;
const seeds = parseWholeNumber('--seeds', flags.seeds, 1, 1000);
const names = Array.from(
  { length: parseWholeNumber('--names', flags.names, 2, 20) },
  (_, index) => `copy-${index + 1}`,
);

async function compareWithItself(seed: number): Promise<SameServer> {
  const document = await conduct(
    {
      name: `same-server-${seed}`,
      flags: {
        exec: names.map(() => eventLoopCommand()),
        name: names,
        workload: 'cpu',
        blocks: flags.blocks,
        duration: flags.duration,
        seed: String(seed),
      },
    },
    logTrials,
  );
  const { comparisons } = judge(document);
  const ofKind = (kind: string) => comparisons.filter(({ verdict }) => verdict.kind === kind);
  return {
    seed,
    blocks: document.plan.blocks,
    comparisons: comparisons.length - ofKind('not-measured').length,
    falselyFaster: ofKind('faster').length,
    equivalent: ofKind('equivalent').length,
    indistinguishable: ofKind('indistinguishable').length,
    notMeasured: ofKind('not-measured').length,
    sentences: ofKind('faster').map((comparison) => verdictSentence(comparison)),
  };
}

const outcomes = await loadOutcomes();
if (flags.fresh) outcomes.sameServer = [];
for (let seed = 1; seed <= seeds; seed++) {
  if (outcomes.sameServer.some((done) => done.seed === seed)) continue;
  console.log(`seed ${seed}`);
  const found = await compareWithItself(seed);
  for (const sentence of found.sentences) console.log(`  ${sentence}`);
  outcomes.sameServer.push(found);
  await publish(outcomes);
}
console.log(sameServerPart(outcomes.sameServer).join('\n\n'));
const total = (key: 'comparisons' | 'falselyFaster') =>
  outcomes.sameServer.reduce((sum, run) => sum + run[key], 0);
process.exitCode = total('falselyFaster') <= mostFalse * total('comparisons') ? 0 : 1;
