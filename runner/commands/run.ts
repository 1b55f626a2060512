import { join, relative } from 'node:path';
import { renderHtml } from '../../reports/html/render.ts';
import { renderTerminal } from '../../reports/terminal/summary.ts';
import { terminalOf } from '../../reports/terminal/text.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { InterruptedError, RunError } from '../errors.ts';
import { writeAtomically } from '../files.ts';
import { withInterrupts } from '../interrupts.ts';
import { type Plan, probeServers } from '../plan/plan.ts';
import { plannedDocument } from '../plan/planned-document.ts';
import { planRun, type RunFlags, runFlagsSchema } from '../plan/run-options.ts';
import { availableCpus } from '../probes/cpus.ts';
import { readEnvironment } from '../probes/environment.ts';
import { chooseProgress } from '../progress/progress.ts';
import { runPlan } from '../run/run.ts';
import { claimRunFolder, type RunFiles } from '../run/store.ts';
import { openInBrowser } from './output.ts';
import { failuresInWords, summaryForScripts } from './run-summary.ts';

/** `bench run`: plans, measures, reports. */
export async function run(rawFlags: unknown): Promise<void> {
  const flags = runFlagsSchema.parse(rawFlags);
  const plan = planRun(flags);
  const files = await claimRunFolder(flags.out ?? join('runs', folderName(new Date())));
  const document = await withInterrupts((signal) => measure(plan, flags, files, signal));
  await writeAtomically(files.report, renderHtml(document));
  process.stdout.write(flags.json ? summaryForScripts(document, files) : summary(document, files));
  if (flags.open) await openInBrowser(files.report);
  judgeOutcome(document);
}

async function measure(
  unprobed: Plan,
  { quiet }: RunFlags,
  files: RunFiles,
  signal: AbortSignal,
): Promise<RunDocument> {
  const environment = await readEnvironment(availableCpus());
  const plan = await probeServers(unprobed);
  const command = ['bench', ...process.argv.slice(2)];
  const document = plannedDocument(plan, environment, command, new Date());
  const emit = quiet ? () => {} : chooseProgress(process.stderr);
  try {
    return await runPlan({ plan, signal, emit }, document, files.run);
  } finally {
    emit({ type: 'run-ended' });
  }
}

/** A time that sorts, in characters that every file system allows: 2026-11-21T00-28-59-123. */
function folderName(time: Date): string {
  return time.toISOString().slice(0, 23).replaceAll(/[:.]/g, '-');
}

/** The result for a person, with colour where standard output is a terminal that wants it. */
function summary(document: RunDocument, files: RunFiles): string {
  const { stdout } = process;
  return `${renderTerminal(document, terminalOf(stdout))}

Report: ${relative('.', files.report)}
Data:   ${relative('.', files.run)}
`;
}

function judgeOutcome({ status, trials }: RunDocument): void {
  if (status === 'interrupted') {
    throw new InterruptedError(
      trials.some((trial) => trial.status === 'ok')
        ? 'interrupted; the report covers what was measured until then'
        : 'interrupted before a trial was finished',
    );
  }
  const failures = failuresInWords(trials);
  if (failures !== null) throw new RunError(`${failures}; the report says why`);
}
