import { dirname, join } from 'node:path';
import { z } from 'zod';
import { embeddedDocument, renderHtml } from '../../reports/html/render.ts';
import { formats } from '../../reports/index.ts';
import { assertionLines } from '../../reports/terminal/assertions.ts';
import { terminalOf } from '../../reports/terminal/text.ts';
import { judgeAssertions } from '../../results/assertions/judge.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { RunError, UsageError } from '../errors.ts';
import { isStandardOutput, readText, writeAtomically, writeOwnFile } from '../files.ts';
import { checkAssertions, requireSomeAssertion } from '../plan/assertions.ts';
import { findByName } from '../plan/flag-values.ts';
import { fileIn, openInBrowser, writeOutput } from './output.ts';
import { requireAssertions } from './require-assertions.ts';
import { parseRunDocument, readRunFile } from './saved-run.ts';

const flagsSchema = z.object({
  format: z.string().default('html'),
  out: z.string().optional(),
  open: z.boolean().default(false),
  assert: z.array(z.string()).default([]),
  strict: z.boolean().default(false),
  verify: z.boolean().default(false),
});

/**
 * `bench report`: renders a saved run, finished or not, in any of the formats. With --assert or
 * --strict, it also judges the run by these assertions and its own.
 */
export async function report(rawPath: unknown, rawFlags: unknown): Promise<void> {
  const path = z.string().parse(rawPath);
  const { format: formatName, out, open, verify, assert, strict } = flagsSchema.parse(rawFlags);
  if (verify) return verifyReport(path);

  const format = findByName('format', formats, formatName);
  const toStandardOutput = out !== undefined && (await isStandardOutput(out));
  if (toStandardOutput && format.makes === 'several files') {
    throw new UsageError(`--format ${format.name} makes several files: --out must name a folder.`);
  }
  if (toStandardOutput && open)
    throw new UsageError('--open needs a file to show: name it with --out.');
  const document = withAssertions(await readRunFile(path), assert);
  if (strict) requireSomeAssertion(document.plan.assertions);
  for (const { name, content } of format.render(document)) {
    const folder = out ?? dirname(path);
    const isFile = out !== undefined && format.makes === 'one file';
    const target = isFile ? await fileIn(out, name) : join(folder, name);
    // Beside the run, nobody has named the file: a link in its place is not followed.
    await writeOutput(target, content, [path], out === undefined ? writeOwnFile : writeAtomically);
    if (!toStandardOutput) process.stdout.write(`${target}\n`);
    if (open) await openInBrowser(target);
  }
  if (assert.length === 0 && !strict) return;
  const stream = toStandardOutput ? process.stderr : process.stdout;
  const results = judgeAssertions(document);
  stream.write(`${assertionLines(results, terminalOf(stream)).join('\n')}\n`);
  requireAssertions(results, strict);
}

function withAssertions(document: RunDocument, texts: readonly string[]): RunDocument {
  const { plan } = document;
  const assertions = checkAssertions([...plan.assertions, ...texts], plan);
  return { ...document, plan: { ...plan, assertions } };
}

/** Renders a page again from the run data embedded in it: any difference did not come from the measurements. */
async function verifyReport(path: string): Promise<void> {
  const page = await readText(path);
  const text = embeddedDocument(page);
  if (text === null) throw new UsageError(`${path} is not a bench report (no embedded run data).`);
  const again = renderHtml(parseRunDocument(path, text));
  if (again === page) {
    process.stdout.write(`${path} shows what its run data say.\n`);
    return;
  }
  const line = page.split('\n').findIndex((one, index) => one !== again.split('\n')[index]) + 1;
  throw new RunError(
    `${path} differs from its run data from line ${line} on: it was edited, or made by another version of bench.`,
  );
}
