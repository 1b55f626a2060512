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
 * those of a run on the quiet machine. Fails when one is undecided, wrong, or more than 7 % off. Writes its part of
 * docs/trust.md.
 *
 *   npm run benchmark:disturbed -- [--runs 10] [--quick] [--fresh]
 *
 * Up to five minutes per run, and one more run; with `--quick` one minute. A saved run is not repeated without `--fresh`.
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
      quick: { type: 'boolean', default: false },
      ...freshFlag,
    },
  });
  const { quick, fresh } = values;
  const runs = parseWholeNumber('--runs', values.runs, 1, 1000);
  const [name, flags] = quick ? ['disturbed-quick', { quick }] : ['disturbed', {}];
  const [quiet] = await runSeeds(`${name}-reference`, 1, flags, fresh);
  const documents = await runSeeds(name, runs, flags, fresh, runDisturbed);
  if (!quiet) return false;

  const reference = findingsOf(quiet);
  const rows = await Promise.all(
    documents.map(async (document) => {
      const findings = findingsOf(document).map((finding, index) => ({
        finding,
        off: deviation(finding, reference[index]),
      }));
      const bursts = await burstsInWords(`${name}-${document.seed}`, document);
      return { document, findings, bursts };
    }),
  );
  const all = rows.flatMap(({ findings }) => findings);
  const right = rows.filter(({ findings }) => findings.every(({ finding }) => finding.isRight));
  const largest = Math.max(...all.map(({ off }) => Math.abs(off ?? Number.POSITIVE_INFINITY)));
  await publishSection(`Another program takes a core${quick ? ', quick runs' : ''}`, [
    `\`npm run benchmark:disturbed\`: ${quick ? 'quick' : 'default'} runs, during each of which ${burstsDescription}. Three comparisons must be decided as they truly are, with ratios within ${percent(tolerated)} of the ratios of a run on the quiet machine. **Decided and right in ${right.length} of ${plural(runs, 'run')}; largest deviation ${largest < Number.POSITIVE_INFINITY ? percent(largest) : 'unknown'}.** In brackets after the time with another program: the CPU time that it got, as a share of a core.`,
    markdownTable(
      ['run', 'seconds', 'blocks', 'another program', ...headlines.map(({ title }) => title)],
      [
        ['quiet', ...lengthOf(quiet), 'none', ...reference.map(findingInWords)],
        ...rows.map(({ document, findings, bursts }) => [
          String(document.seed),
          ...lengthOf(document),
          bursts,
          ...findings.map(
            ({ finding, off }) => `${findingInWords(finding)}; ${deviationInWords(off)}`,
          ),
        ]),
      ],
    ),
  ]);
  return right.length === runs && largest <= tolerated;
});
