import { dirname, join } from 'node:path';
import { z } from 'zod';
import { formats } from '../../reports/index.ts';
import { UsageError } from '../errors.ts';
import { findByName } from '../names.ts';
import { readRunFile } from '../read-run-file.ts';
import { writeAtomically } from '../run-store.ts';
import { openInBrowser } from '../write-report.ts';

const flagsSchema = z.object({
  format: z.string().default('html'),
  out: z.string().optional(),
  open: z.boolean().default(false),
});

/** `bench report`: tells a saved run again, finished or not, in any of the formats. */
export async function report(rawPath: unknown, rawFlags: unknown): Promise<void> {
  const path = z.string().parse(rawPath);
  const { format: formatName, out, open } = flagsSchema.parse(rawFlags);
  const format = findByName('format', formats, formatName);
  const document = await readRunFile(path);
  const files = format.render(document);
  if (out !== undefined && files.length !== 1) {
    throw new UsageError(
      `--out names one file, and ${format.name} makes ${files.length}: leave it out to have them beside ${path}.`,
    );
  }
  for (const { name, content } of files) {
    const target = out ?? join(dirname(path), name);
    await writeAtomically(target, content);
    process.stdout.write(`${target}\n`);
    if (open) await openInBrowser(target);
  }
}
