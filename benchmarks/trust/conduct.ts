import { join } from 'node:path';
import type { RunDocument, Warning } from '../../results/document/run-document.ts';
import { warningsAboutRun } from '../../results/gates/run-gates.ts';
import { InterruptedError } from '../../runner/errors.ts';
import { withInterrupts } from '../../runner/interrupts.ts';
import { probeServers } from '../../runner/plan/availability.ts';
import type { Plan } from '../../runner/plan/plan.ts';
import { plannedDocument } from '../../runner/plan/planned-document.ts';
import { planRun, type RunFlags, runFlagsSchema } from '../../runner/plan/run-options.ts';
import { availableCpus } from '../../runner/probes/cpus.ts';
import { readEnvironment } from '../../runner/probes/environment.ts';
import { runPlan } from '../../runner/run/run.ts';
import type { RunListener } from '../../runner/run/run-event.ts';
import { keptIn } from './kept.ts';

/** A run as `bench run` would make it from these flags, but for what is changed in its plan. */
export interface Order {
  /** Names the file that the run document is kept in. */
  readonly name: string;
  readonly flags: Partial<RunFlags>;
  readonly change?: Partial<Plan>;
}

/**
 * Runs what `bench run` would.
 * @throws InterruptedError on a signal; what was measured by then is kept
 */
export async function conduct(
  { name, flags, change }: Order,
  emit: RunListener,
): Promise<RunDocument> {
  const plan: Plan = { ...planRun(runFlagsSchema.parse(flags)), ...change };
  const environment = await readEnvironment(availableCpus());
  const availabilities = await probeServers(plan);
  const document = plannedDocument(plan, environment, availabilities, ['trust', name], new Date());
  const path = join(keptIn, `${name}.run.json`);
  const finished = await withInterrupts((signal) =>
    runPlan(plan, availabilities, document, path, signal, emit),
  );
  if (finished.status === 'interrupted') throw new InterruptedError(`${name} was interrupted`);
  return finished;
}

/** All that a run was doubted for: in its trials, their measurements, and as a whole. */
export function doubtsIn(document: RunDocument): Warning[] {
  const inTrials = document.trials.flatMap(({ warnings, measurements }) => [
    ...warnings,
    ...measurements.flatMap((measurement) => measurement.warnings),
  ]);
  return [...inTrials, ...warningsAboutRun(document)];
}

/** The reasons of trials that did not come to their end. */
export function failuresIn({ trials }: RunDocument): string[] {
  return trials.flatMap((trial) => (trial.status === 'ok' ? [] : [trial.reason]));
}
