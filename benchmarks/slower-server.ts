import { parseArgs } from 'node:util';
import { verdictSentence } from '../reports/findings/verdict-sentence.ts';
import type { RunDocument } from '../results/document/run-document.ts';
import { compareServers } from '../results/verdicts/decide.ts';
import { parseWholeNumber } from '../runner/plan/flag-values.ts';
import { markdownTable, publishSection } from './harness/page.ts';
import { freshFlag, runProgram } from './harness/program.ts';
import { blocksOf, eventLoopCommand, runSeeds, secondsOf } from './harness/run.ts';
import { faultyEventLoop } from './warnings/faults.ts';

/**
 * How often a server that computes 5 % more is found to be slower in a run of the default length. Fails when it is
 * found in fewer than nine of ten runs. Writes its part of docs/trust.md.
 *
 *   npm run benchmark:slower-server -- [--runs 10] [--fresh]
 *
 * Up to five minutes per run. A saved run is not repeated without `--fresh`.
 */
const target = 0.9;

function rowOf(document: RunDocument) {
  const comparisons = compareServers(document);
  const comparisonOf = (kind: string) => comparisons.find(({ metric }) => metric.kind === kind);
  const sentence = (kind: string) => {
    const comparison = comparisonOf(kind);
    return comparison ? verdictSentence(comparison) : 'not measured';
  };
  const verdict = comparisonOf('throughput')?.verdict;
  return {
    isFound: verdict?.kind === 'faster' && verdict.ahead === 'plain',
    cells: [
      String(document.seed),
      String(blocksOf(document)),
      secondsOf(document).toFixed(0),
      sentence('throughput'),
      sentence('response-time'),
    ],
  };
}

await runProgram(async () => {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '10' }, ...freshFlag },
  });
  const runs = parseWholeNumber('--runs', values.runs, 1, 1000);
  const exec = [eventLoopCommand(), faultyEventLoop('more-work')];
  const flags = { exec, name: ['plain', 'slower'], workload: 'cpu' };
  const documents = await runSeeds('slower-server', runs, { flags, fresh: values.fresh });

  const rows = documents.map(rowOf);
  const found = rows.filter(({ isFound }) => isFound).length;
  await publishSection('A server that computes 5 % more', [
    `\`npm run benchmark:slower-server\`: the event loop and a copy with 5.07 % more computing in every request, under \`cpu\`, at the default budget. The plain one must be faster in throughput in 9 of 10 runs or more. **${found} of ${runs}.**`,
    markdownTable(
      ['seed', 'blocks', 'seconds', 'throughput', 'response time'],
      rows.map(({ cells }) => cells),
    ),
  ]);
  return found >= target * runs;
});
