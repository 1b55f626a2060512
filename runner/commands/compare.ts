import { z } from 'zod';
import { renderComparison } from '../../reports/html/comparison.ts';
import { renderComparisonMarkdown } from '../../reports/markdown/comparison.ts';
import { renderComparisonText } from '../../reports/terminal/comparison.ts';
import { type TerminalOptions, terminalOf } from '../../reports/terminal/text.ts';
import type { AssertionResult } from '../../results/assertions/assertion.ts';
import { judgeChanges, sharedPlan } from '../../results/assertions/judge.ts';
import { type RunComparison, regressionsIn } from '../../results/comparison/change.ts';
import { compareRuns } from '../../results/comparison/compare-runs.ts';
import { percent, plural } from '../../results/format.ts';
import { RunError } from '../errors.ts';
import { isStandardOutput } from '../files.ts';
import { checkAssertions, requireSomeAssertion } from '../plan/assertions.ts';
import { findByName, parseShare } from '../plan/flag-values.ts';
import { fileIn, writeOutput } from './output.ts';
import { requireAssertions } from './require-assertions.ts';
import { assertionFor } from './run-summary.ts';
import { readRunFile } from './saved-run.ts';
import { appendStepSummary } from './step-summary.ts';

const flagsSchema = z.object({
  failOnRegression: z.string().optional(),
  assert: z.array(z.string()).default([]),
  strict: z.boolean().default(false),
  out: z.string().optional(),
  json: z.boolean().default(false),
  format: z.string().default('text'),
});

/** How a comparison may be printed. */
const formats = [
  {
    name: 'text',
    render: (
      comparison: RunComparison,
      assertions: readonly AssertionResult[],
      options: TerminalOptions,
    ) => `${renderComparisonText(comparison, assertions, options)}\n`,
  },
  { name: 'markdown', render: renderComparisonMarkdown },
];

/** The smallest change that counts as a regression by default. */
export const usualThreshold = '5%';

/** `bench compare`: what changed from one run to another; with --fail-on-regression, exit status 1 if something got worse; with --assert, 3 if an assertion fails. */
export async function compare(
  rawBase: unknown,
  rawNext: unknown,
  rawFlags: unknown,
): Promise<void> {
  const {
    failOnRegression,
    assert,
    strict,
    out,
    json,
    format: formatName,
  } = flagsSchema.parse(rawFlags);
  const threshold = parseShare('--fail-on-regression', failOnRegression ?? usualThreshold);
  const format = findByName('format', formats, formatName);
  const paths = z.tuple([z.string(), z.string()]).parse([rawBase, rawNext]);
  const base = await readRunFile(paths[0]);
  const next = await readRunFile(paths[1]);

  const texts = checkAssertions(assert, sharedPlan(base, next));
  if (strict) requireSomeAssertion(texts);
  const comparison = compareRuns(base, next, threshold);
  const assertions = judgeChanges(base, next, texts);
  // Where the page is on standard output, the rest must not be.
  const pageOnStdout = out !== undefined && (await isStandardOutput(out));
  const { [pageOnStdout ? 'stderr' : 'stdout']: stream } = process;
  stream.write(
    json
      ? `${JSON.stringify({ ...comparison, assertions: assertions.map(assertionFor) })}\n`
      : format.render(comparison, assertions, terminalOf(stream)),
  );
  await appendStepSummary(renderComparisonMarkdown(comparison, assertions));
  if (out !== undefined) {
    const page = renderComparison(comparison, assertions, base, next);
    await writeOutput(await fileIn(out, 'comparison.html'), page, paths);
  }

  const regressions = regressionsIn(comparison);
  if (failOnRegression !== undefined && regressions.length > 0) {
    throw new RunError(
      `${plural(regressions.length, 'regression')} over ${percent(comparison.threshold)}.`,
    );
  }
  requireAssertions(assertions, strict);
}
