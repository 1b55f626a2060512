import { dirname, join } from 'node:path';
import { z } from 'zod';
import { readRunFile } from '../read-run-file.ts';
import { openInBrowser, writeReport } from '../write-report.ts';

const flagsSchema = z.object({ out: z.string().optional(), open: z.boolean().default(false) });

/** `bench report`: makes the report again from a saved run, finished or not. */
export async function report(rawPath: unknown, rawFlags: unknown): Promise<void> {
  const path = z.string().parse(rawPath);
  const flags = flagsSchema.parse(rawFlags);
  const document = await readRunFile(path);
  const reportPath = flags.out ?? join(dirname(path), 'report.html');
  await writeReport(document, reportPath);
  process.stdout.write(`Report: ${reportPath}\n`);
  if (flags.open) await openInBrowser(reportPath);
}
