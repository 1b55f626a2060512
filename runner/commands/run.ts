import { join } from 'node:path';
import { renderHtml } from '../../reports/html/render.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { InterruptedError, RunError } from '../errors.ts';
import { writeAtomically } from '../files.ts';
import { withInterrupts } from '../interrupts.ts';
import { probeServers } from '../plan/availability.ts';
import type { Plan } from '../plan/plan.ts';
import { plannedDocument } from '../plan/planned-document.ts';
import { planRun, runFlagsSchema } from '../plan/run-options.ts';
import { givenOptions } from '../plan/server-options.ts';
import { availableCpus } from '../probes/cpus.ts';
import { readEnvironment } from '../probes/environment.ts';
import { chooseProgress } from '../progress/choose.ts';
import { runPlan } from '../run/run.ts';
import { claimRunFolder, type RunFiles } from '../run/store.ts';
import { failuresInWords } from './failures.ts';
import { jsonSummary } from './json-summary.ts';
import { openInBrowser } from './output.ts';
import { showSummary } from './show-summary.ts';

/** `bench run`: plans, measures, and tells. */
export async function run(rawFlags: unknown): Promise<void> {
  const flags = runFlagsSchema.parse(rawFlags);
  const plan = planRun(flags, givenOptions(rawFlags));
  const files = await claimRunFolder(flags.out ?? join('runs', folderName(new Date())));
  const document = await withInterrupts((signal) => measure(plan, files, signal));
  await writeAtomically(files.report, renderHtml(document));

  if (flags.json) process.stdout.write(`${JSON.stringify(jsonSummary(document, files))}\n`);
  else showSummary(document, files);
  if (flags.open) await openInBrowser(files.report);
  judgeOutcome(document, files);
}

async function measure(plan: Plan, files: RunFiles, signal: AbortSignal): Promise<RunDocument> {
  const environment = await readEnvironment(availableCpus());
  const availabilities = await probeServers(plan);
  const command = ['bench', ...process.argv.slice(2)];
  const document = plannedDocument(plan, environment, availabilities, command, new Date());
  const emit = chooseProgress(process.stderr);
  try {
    return await runPlan(plan, availabilities, document, files.run, signal, emit);
  } finally {
    emit({ type: 'run-ended' });
  }
}

/** A time that sorts and that every file system takes: 2026-11-21T00-28-59-123. */
function folderName(time: Date): string {
  return time.toISOString().slice(0, 23).replaceAll(/[:.]/g, '-');
}

function judgeOutcome(document: RunDocument, files: RunFiles): void {
  const finished = document.trials.filter(({ status }) => status === 'ok').length;
  if (document.status === 'interrupted') {
    if (finished === 0) throw new InterruptedError('interrupted before a trial was finished.');
    throw new InterruptedError(
      `interrupted; ${finished} finished ${finished === 1 ? 'trial is' : 'trials are'} kept in ${files.run}, and the report was made from ${finished === 1 ? 'it' : 'them'}.`,
    );
  }
  const failures = failuresInWords(document.trials);
  if (failures !== null) throw new RunError(`${failures}; the report says why.`);
}
