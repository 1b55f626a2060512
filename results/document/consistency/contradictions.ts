import type { RunDocument } from '../run-document.ts';
import { contradictionsInMeasurement } from './measurement.ts';
import { quoted, repeatedIn } from './names.ts';
import { contradictionsInPlan, PlannedNames } from './plan.ts';

/**
 * Where the parts of a document contradict each other, although each for itself is well formed: sentences for
 * people, without an end, found one by one as they are asked for. Things are counted from one.
 *
 * Times of the clock on the wall are not held against each other: it may be set back while a run goes on.
 */
export function* contradictionsIn(document: RunDocument): Generator<string> {
  yield* contradictionsInStatus(document);
  yield* contradictionsInPlan(document.plan);
  const names = new PlannedNames(document.plan);
  yield* contradictionsInCanaries(document);
  for (const kind of ['demand', 'pilot', 'trace'] as const)
    yield* contradictionsInLooks(kind, document, names);
  yield* contradictionsInTrials(document, names);
}

function* contradictionsInStatus({ status, finishedAt, trials }: RunDocument): Generator<string> {
  if (status === 'running' && finishedAt !== null) {
    yield `its status is "running", and it finished at ${finishedAt}`;
  }
  if (status !== 'running' && finishedAt === null) {
    yield `its status is "${status}", and it does not say when it finished`;
  }
  const interrupted = trials.findIndex((trial) => trial.status === 'interrupted') + 1;
  if (status === 'complete' && interrupted > 0) {
    yield `its status is "complete", and trial ${interrupted} was interrupted`;
  }
}

function* contradictionsInCanaries({ plan, noiseProbes }: RunDocument): Generator<string> {
  for (const [index, { block }] of noiseProbes.entries()) {
    if (block >= plan.blocks) yield beyondPlan(`canary ${index + 1}`, block, plan.blocks);
  }
  const repeated = repeatedIn(noiseProbes.map(({ block }) => block));
  if (repeated !== undefined) yield `block ${repeated + 1} has two noiseProbes`;
}

/** Calibrated requests, pilots and traces: at most one of each for a server under a workload. */
function* contradictionsInLooks(
  kind: 'demand' | 'pilot' | 'trace',
  { calibratedRequests, pilots, traces }: RunDocument,
  names: PlannedNames,
): Generator<string> {
  const looks = {
    demand: calibratedRequests.map((demand) => ({ ...demand, classes: [demand] })),
    pilot: pilots.map((pilot) => ({ ...pilot, classes: pilot.singleRequests })),
    trace: traces.map((trace) => ({ ...trace, classes: trace.requests })),
  }[kind];
  for (const [index, look] of looks.entries()) {
    const what = `${kind} ${index + 1}`;
    yield* names.contradictionsIn(what, look);
    for (const one of look.classes) {
      if (!names.hasClass(look.workload, one.class)) {
        yield `${what} has requests of the class ${quoted(one.class)}, which ${quoted(look.workload)} does not have`;
      }
    }
  }
  const repeated = repeatedIn(looks.map(({ server, workload }) => cellOf(server, workload)));
  if (repeated !== undefined) yield `there are two ${kind}s of ${repeated}`;
}

function* contradictionsInTrials(
  { plan, trials }: RunDocument,
  names: PlannedNames,
): Generator<string> {
  for (const [index, trial] of trials.entries()) {
    const what = `trial ${index + 1}`;
    yield* names.contradictionsIn(what, trial);
    if (trial.block >= plan.blocks) yield beyondPlan(what, trial.block, plan.blocks);
    const isPlanned = (className: string) => names.hasClass(trial.workload, className);
    const parts = [
      ...trial.measurements.map((one, at) => ({ one, where: `measurement ${at + 1} of ${what}` })),
      ...trial.sweep.map((one, at) => ({
        one,
        where: `measurement ${at + 1} of the sweep of ${what}`,
      })),
    ];
    for (const { one, where } of parts) yield* contradictionsInMeasurement(where, one, isPlanned);
  }
  const repeated = repeatedIn(
    trials.map(
      ({ block, purpose, server, workload }) =>
        `${purpose} trials of ${cellOf(server, workload)} in block ${block + 1}`,
    ),
  );
  if (repeated !== undefined) yield `there are two ${repeated}`;
}

const cellOf = (server: string, workload: string): string =>
  `${quoted(server)} under ${quoted(workload)}`;

const beyondPlan = (what: string, block: number, blocks: number): string =>
  `${what} is in block ${block + 1}, and the plan has ${blocks}`;
