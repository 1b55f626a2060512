import { appendFile } from 'node:fs/promises';
import { systemErrorInWords } from '../../servers/launch/diagnostics.ts';

/** Appends Markdown to the summary of a step of GitHub Actions; elsewhere, does nothing. */
export async function appendStepSummary(markdown: string): Promise<void> {
  const path = process.env['GITHUB_STEP_SUMMARY'];
  if (!path) return;
  try {
    await appendFile(path, `${markdown}\n`);
  } catch (error) {
    const reason = systemErrorInWords(error);
    process.stderr.write(`bench: $GITHUB_STEP_SUMMARY cannot be written: ${reason}.\n`);
  }
}
