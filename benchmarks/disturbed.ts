import { parseArgs } from 'node:util';
import type { RunDocument } from '../results/document/run-document.ts';
import { percent, plural } from '../results/format.ts';
import { parseWholeNumber } from '../runner/plan/flag-values.ts';
import { burstsDescription, burstsInWords, runDisturbed } from './harness/bursts.ts';
import { deviation, findingInWords, findingsOf, headlines } from './harness/headlines.ts';
import { markdownTable, publishSection } from './harness/page.ts';
import { freshFlag, runProgram } from './harness/program.ts';
import { blocksOf, runSeeds, secondsOf } from './harness/run.ts';

/**
 * Whether a run is right while another program takes a core in bursts: the comparisons that a default run is for, next to
 * those of runs on the quiet machine. Fails when one is undecided, wrong, or more than 7 % off. Writes its part of
 * docs/trust.md.
 *
 *   npm run benchmark:disturbed -- [--runs 10] [--quiet 3] [--quick] [--fresh]
 *
 * Four minutes per run, quiet ones included; with `--quick` one minute. A saved run is not repeated without `--fresh`.
 */
const tolerated = 0.07;

const lengthOf = (document: RunDocument) => [
  secondsOf(document).toFixed(0),
  String(blocksOf(document)),
];

const deviationInWords = (share: number | null) =>
  share === null ? 'deviation unknown' : `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)} %`;

await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '10' },
      quiet: { type: 'string', default: '3' },
      quick: { type: 'boolean', default: false },
      ...freshFlag,
    },
  });
  const { quick, fresh } = values;
  const runs = parseWholeNumber('--runs', values.runs, 1, 1000);
  const [name, flags] = quick ? ['disturbed-quick', { quick }] : ['disturbed', {}];
  const quietRuns = parseWholeNumber('--quiet', values.quiet, 1, 1000);
  const quiet = await runSeeds(`${name}-reference`, quietRuns, { flags, fresh });
  const documents = await runSeeds(name, runs, { flags, fresh, measureRun: runDisturbed });

  const references = quiet.map(findingsOf);
  const judged = (document: RunDocument) =>
    findingsOf(document).map((finding, index) => {
      const others = references.flatMap((findings) => findings[index] ?? []);
      return { finding, off: deviation(finding, others) };
    });
  const rowOf = (document: RunDocument, program: string) => [
    String(document.seed),
    ...lengthOf(document),
    program,
    ...judged(document).map(
      ({ finding, off }) => `${findingInWords(finding)}; ${deviationInWords(off)}`,
    ),
  ];
  const rows = await Promise.all(
    documents.map(async (document) =>
      rowOf(document, await burstsInWords(`${name}-${document.seed}`, document)),
    ),
  );
  const disturbed = documents.map(judged);
  const right = disturbed.filter((findings) => findings.every(({ finding }) => finding.isRight));
  const largestIn = (runs: readonly RunDocument[], headline: number) =>
    Math.max(
      ...runs.map((one) => Math.abs(judged(one)[headline]?.off ?? Number.POSITIVE_INFINITY)),
    );
  const inWords = (share: number) =>
    share < Number.POSITIVE_INFINITY ? percent(share) : 'unknown';
  const largest = headlines.map((_, headline) => largestIn(documents, headline));
  await publishSection(`Another program takes a core${quick ? ', quick runs' : ''}`, [
    `\`npm run benchmark:disturbed\`: ${quick ? 'quick' : 'default'} runs, during each of which ${burstsDescription}. Three comparisons must be decided as they truly are, with ratios within ${percent(tolerated)} of the mean of ${plural(quietRuns, 'run')} on the quiet machine. **Decided and right in ${right.length} of ${plural(runs, 'run')}.** In brackets after the time with another program: the CPU time that it got, as a share of a core.`,
    markdownTable(
      ['comparison', 'largest deviation, disturbed', 'largest deviation, quiet'],
      headlines.map(({ title }, headline) => [
        title,
        inWords(largest[headline] ?? Number.POSITIVE_INFINITY),
        inWords(largestIn(quiet, headline)),
      ]),
    ),
    markdownTable(
      ['seed', 'seconds', 'blocks', 'another program', ...headlines.map(({ title }) => title)],
      [...quiet.map((document) => rowOf(document, 'none')), ...rows],
    ),
  ]);
  return right.length === runs && largest.every((one) => one <= tolerated);
});
