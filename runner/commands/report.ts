import { dirname, join } from 'node:path';
import { z } from 'zod';
import { embeddedDocument } from '../../reports/html/embedded.ts';
import { renderHtml } from '../../reports/html/render.ts';
import { formats } from '../../reports/index.ts';
import { RunError, UsageError } from '../errors.ts';
import { findByName } from '../plan/names.ts';
import { readText } from '../run/store.ts';
import { parseRunDocument, readRunFile } from './files/read-run-file.ts';
import { writeOutput } from './files/write-output.ts';
import { openInBrowser } from './files/write-report.ts';

const flagsSchema = z.object({
  format: z.string().default('html'),
  out: z.string().optional(),
  open: z.boolean().default(false),
  verify: z.boolean().default(false),
});

/** `bench report`: tells a saved run again, finished or not, in any of the formats. */
export async function report(rawPath: unknown, rawFlags: unknown): Promise<void> {
  const path = z.string().parse(rawPath);
  const { format: formatName, out, open, verify } = flagsSchema.parse(rawFlags);
  if (verify) return verifyReport(path);

  const format = findByName('format', formats, formatName);
  const document = await readRunFile(path);
  const files = await format.render(document);
  for (const { name, content } of files) {
    const target =
      format.makes === 'one file'
        ? (out ?? join(dirname(path), name))
        : join(out ?? dirname(path), name);
    await writeOutput(target, content, [path]);
    process.stdout.write(`${target}\n`);
    if (open) await openInBrowser(target);
  }
}

/** Makes a page again from the document that it carries: whatever differs did not come from the measurements. */
async function verifyReport(path: string): Promise<void> {
  const page = await readText(path);
  const text = embeddedDocument(page);
  if (text === null) throw new UsageError(`${path} is no report: it carries no run document.`);
  const again = renderHtml(parseRunDocument(path, text));
  if (again === page) {
    process.stdout.write(`${path} shows what its document says.\n`);
    return;
  }
  const line = page.split('\n').findIndex((one, index) => one !== again.split('\n')[index]) + 1;
  throw new RunError(
    `${path} does not show what its document says, or was made by another version of bench: it differs from line ${line} on.`,
  );
}
