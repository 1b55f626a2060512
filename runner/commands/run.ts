import { join, relative } from 'node:path';
import { renderHtml } from '../../reports/html/render.ts';
import { renderMarkdown } from '../../reports/markdown/render.ts';
import { renderTerminal } from '../../reports/terminal/summary.ts';
import { terminalOf } from '../../reports/terminal/text.ts';
import { judgeAssertions } from '../../results/assertions/judge.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import { AppError, inspectApp } from '../../servers/app/inspect-app.ts';
import { withoutPassword } from '../../servers/database/database.ts';
import { readRunFlags } from '../config/read-run-flags.ts';
import { InterruptedError, RunError, UsageError } from '../errors.ts';
import { writeOwnFile } from '../files.ts';
import { withInterrupts } from '../interrupts.ts';
import type { ServerMachine } from '../machine/server-machine.ts';
import { withServerMachine } from '../machine/with-server-machine.ts';
import type { Profile } from '../plan/budget.ts';
import { probeDatabase } from '../plan/database.ts';
import { type EarlierRun, earlierRun } from '../plan/like.ts';
import { type Plan, probeServers } from '../plan/plan.ts';
import { plannedDocument } from '../plan/planned-document.ts';
import { planRun } from '../plan/run-options.ts';
import { refuseForElsewhere } from '../plan/server-side.ts';
import { chooseProgress } from '../progress/progress.ts';
import type { RunListener } from '../run/events.ts';
import { runPlan } from '../run/run.ts';
import { steadyDate } from '../run/steady-date.ts';
import { claimRunFolder, type RunFiles } from '../run/store.ts';
import { openInBrowser } from './output.ts';
import { planInWords } from './plan-in-words.ts';
import { requireAssertions } from './require-assertions.ts';
import { failuresInWords, summaryForScripts, unmeasuredInWords } from './run-summary.ts';
import { readRunFile } from './saved-run.ts';
import { appendStepSummary } from './step-summary.ts';

/** What another command that runs a plan does otherwise. */
interface RunVariation {
  readonly progressOn?: typeof chooseProgress;
  /** How the run spends its time, if not by its flags. */
  readonly profile?: Profile;
}

/** `bench run`: plans, measures, reports. */
export async function run(
  rawFlags: unknown,
  { progressOn = chooseProgress, profile }: RunVariation = {},
): Promise<void> {
  const { flags, withPlaces } = await readRunFlags(
    // A command with a profile of its own says all that is to be measured.
    profile ? Object.assign({}, rawFlags, { config: false }) : rawFlags,
  );
  if (flags.serverOn !== undefined) await withPlaces(() => refuseForElsewhere(flags));
  const { app: module, like: earlier } = flags;
  const app =
    module === undefined ? null : await withPlaces(() => valueOf('--app', inspectApp(module)));
  if (flags.dryRun && flags.json) {
    throw new UsageError('--dry-run and --json exclude each other: a plan has no results.');
  }
  const outcome = await withServerMachine(flags, async (machine) => {
    const like =
      earlier === undefined
        ? null
        : await withPlaces(() => valueOf('--like', readEarlierRun(earlier)));
    const planned = await withPlaces(() => planRun(flags, profile, app, like, machine.side));
    if (flags.dryRun) {
      const document = plannedDocument(planned, machine.environment, [], steadyDate());
      process.stdout.write(planInWords(planned, document));
      return null;
    }
    const serverOn = await machine.place(planned.serverAddress);
    const plan = await probeDatabaseOf({ ...planned, ...(serverOn && { serverOn }) });
    const files = await claimRunFolder(flags.out ?? join('runs', folderName(steadyDate())));
    const command = ['bench', ...process.argv.slice(2).map(withoutPassword)];
    const emit = flags.quiet ? () => {} : progressOn(process.stderr);
    const measured = measure(plan, machine, command, files.run, emit);
    return { files, document: await measured.finally(() => emit({ type: 'run-ended' })) };
  });
  if (outcome === null) return;
  const { document, files } = outcome;
  await writeOwnFile(files.report, renderHtml(document));
  await appendStepSummary(renderMarkdown(document));
  process.stdout.write(flags.json ? summaryForScripts(document, files) : summary(document, files));
  if (flags.open) await openInBrowser(files.report);
  judgeOutcome(document);
  requireAssertions(judgeAssertions(document), flags.strict);
}

/** What cannot be read is a mistake in the value of a flag. */
async function valueOf<Value>(flag: string, reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    const isMistake = error instanceof UsageError || error instanceof AppError;
    throw isMistake ? new UsageError(error.message, flag) : error;
  }
}

const readEarlierRun = async (path: string): Promise<EarlierRun> =>
  earlierRun(await readRunFile(path), path);

/** Before anything is written: a database that cannot be used costs the user no time. */
async function probeDatabaseOf(plan: Plan): Promise<Plan> {
  const users = plan.workloads.filter(({ definition }) => definition?.database !== undefined);
  const names = users.map(({ name }) => name);
  return { ...plan, database: plan.database && (await probeDatabase(plan.database, names)) };
}

/** Runs a plan until it is done or interrupted, and keeps the document at a path. */
export function measure(
  unprobed: Plan,
  machine: ServerMachine,
  command: readonly string[],
  path: string,
  emit: RunListener,
): Promise<RunDocument> {
  return withInterrupts(async (signal) => {
    const plan = await probeServers(unprobed, machine.probe);
    const document = plannedDocument(plan, machine.environment, command, steadyDate());
    return runPlan({ plan, machine, signal, emit }, document, path);
  });
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
  const unmeasured = unmeasuredInWords(trials);
  if (unmeasured !== null) throw new RunError(unmeasured);
}
