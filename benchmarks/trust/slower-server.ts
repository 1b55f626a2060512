import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { verdictSentence } from '../../reports/findings/verdict-sentence.ts';
import { judge } from '../../results/verdicts/judge.ts';
import { parseWholeNumber } from '../../runner/plan/quantities.ts';
import { conduct } from './conduct.ts';
import { eventLoopCommand } from './event-loop-command.ts';
import { loadOutcomes, type SlowerServer } from './kept.ts';
import { slowerServerPart } from './page.ts';
import { tellErrorsPlainly } from './plain-errors.ts';
import { logTrials } from './progress.ts';
import { publish } from './publish.ts';

/**
 * How often 5 % more computing is told apart at the default budget.
 *
 *   npm run benchmark:slower-server -- [--runs 10] [--fresh]
 *
 * Up to five minutes a run. Runs that are done are kept, and not run again, unless `--fresh`.
 */
tellErrorsPlainly();
const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    fresh: { type: 'boolean', default: false },
  },
});
const fewestFound = 0.9;
const runs = parseWholeNumber('--runs', flags.runs, 1, 1000);
const slowerHandler = fileURLToPath(
  new URL(`./faulty-servers/more-work-handler${extname(import.meta.filename)}`, import.meta.url),
);

async function compareWithSlower(seed: number): Promise<SlowerServer> {
  const begunMs = performance.now();
  const document = await conduct(
    {
      name: `slower-server-${seed}`,
      flags: {
        exec: [eventLoopCommand(), eventLoopCommand(slowerHandler)],
        name: ['plain', 'slower'],
        workload: 'cpu',
        seed: String(seed),
      },
    },
    logTrials,
  );
  const { comparisons } = judge(document);
  const throughput = comparisons.find(({ metric }) => metric.kind === 'throughput');
  const responseTime = comparisons.find(({ metric }) => metric.kind === 'response-time');
  const verdict = throughput?.verdict;
  return {
    seed,
    blocks: new Set(document.trials.map(({ block }) => block)).size,
    toldApart: verdict?.kind === 'faster' && verdict.ahead === 'plain',
    throughput: throughput ? verdictSentence(throughput) : 'not measured',
    responseTime: responseTime ? verdictSentence(responseTime) : 'not measured',
    wallSeconds: (performance.now() - begunMs) / 1000,
  };
}

const outcomes = await loadOutcomes();
if (flags.fresh) outcomes.slowerServer = [];
for (let seed = 1; seed <= runs; seed++) {
  if (outcomes.slowerServer.some((done) => done.seed === seed)) continue;
  console.log(`run ${seed} of ${runs}`);
  const found = await compareWithSlower(seed);
  console.log(`  ${found.throughput}\n  ${found.responseTime}`);
  outcomes.slowerServer.push(found);
  await publish(outcomes);
}
console.log(slowerServerPart(outcomes.slowerServer).join('\n\n'));
const found = outcomes.slowerServer.filter(({ toldApart }) => toldApart).length;
process.exitCode = found >= fewestFound * outcomes.slowerServer.length ? 0 : 1;
