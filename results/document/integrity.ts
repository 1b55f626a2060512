import { readAssertion } from '../assertions/read-assertion.ts';
import { TextError } from '../assertions/text-reader.ts';
import { isReadable } from './distribution.ts';
import type { Measurement, RunDocument } from './run-document.ts';

/**
 * What is wrong with a well-formed document whose parts contradict each other, as a clause; null where nothing is. Such
 * a document was edited or damaged, and reports made from it would be wrong or fail: names must be those of the plan,
 * sent requests must all have an outcome, histograms must be readable. Trials and measurements are counted from 1.
 */
export function contradictionIn(document: RunDocument): string | null {
  return contradictions(document).next().value ?? null;
}

function* contradictions(document: RunDocument): Generator<string, undefined> {
  const { plan, calibratedRequests, pilots, traces, trials } = document;
  yield* repeated('the plan has two servers named', plan.servers.map(nameOf));
  yield* repeated('the plan has two workloads named', plan.workloads.map(nameOf));
  const servers = new Set(plan.servers.map(nameOf));
  for (const workload of plan.workloads) {
    const unknown = workload.servers.find((name) => !servers.has(name));
    if (unknown !== undefined) {
      yield `the workload ${quoted(workload.name)} names the server ${quoted(unknown)}, which the plan does not have`;
    }
    yield* repeated(`the workload ${quoted(workload.name)} lists twice`, workload.servers);
    yield* repeated(
      `the workload ${quoted(workload.name)} has two classes named`,
      workload.classes.map(nameOf),
    );
  }
  for (const text of plan.assertions) yield* unreadable(text, plan);
  const entries = [
    ...calibratedRequests.map((one) => ({ ...one, kind: 'calibration', classes: [one.class] })),
    ...pilots.map((one) => ({ ...one, kind: 'pilot', classes: one.singleRequests.map(classOf) })),
    ...traces.map((one) => ({ ...one, kind: 'trace', classes: one.requests.map(classOf) })),
    ...trials.map((one) => ({
      ...one,
      kind: `${one.purpose} trial in block ${one.block + 1}`,
      classes: [...one.measurements, ...one.sweep, ...one.curve].flatMap(({ classes }) =>
        classes.map(nameOf),
      ),
    })),
  ];
  for (const { kind, server, workload, classes } of entries) {
    const planned = plan.workloads.find(({ name }) => name === workload);
    const what = `a ${kind} of ${quoted(server)} under ${quoted(workload)}`;
    if (!planned?.servers.includes(server)) yield `there is ${what}, which the plan does not have`;
    const unknown = classes.find((name) => !planned?.classes.some((one) => one.name === name));
    if (unknown !== undefined) {
      yield `${what} has the class ${quoted(unknown)}, which the workload does not have`;
    }
  }
  yield* repeated(
    'there are two of',
    entries.map(({ kind, server, workload }) => `${kind}, ${server}, ${workload}`),
  );
  for (const [index, trial] of trials.entries()) {
    if (trial.status === 'ok' && trial.measurements.length + trial.curve.length === 0) {
      yield `trial ${index + 1} is ok, and measured nothing`;
    }
    for (const measurement of [...trial.measurements, ...trial.sweep, ...trial.curve]) {
      yield* measurementContradictions(`trial ${index + 1}`, measurement);
    }
  }
  return undefined;
}

function* measurementContradictions(trial: string, measurement: Measurement): Generator<string> {
  // A generator that lost count of requests is a void number, not a damaged document.
  const isReported = measurement.warnings.some(({ code }) => code === 'accounting');
  for (const { requests, serviceTime, responseTime } of [measurement, ...measurement.classes]) {
    const { sent, ok, non2xx, timeouts, errors } = requests;
    const outcomes = ok + non2xx + timeouts + errors;
    if (sent !== outcomes && !isReported) {
      yield `${trial} sent ${sent} requests, and ${outcomes} have an outcome`;
    }
    if (![serviceTime, responseTime].every((times) => times === null || isReadable(times))) {
      yield `a histogram of ${trial} cannot be read`;
    }
  }
}

function* unreadable(assertion: string, plan: RunDocument['plan']): Generator<string> {
  try {
    readAssertion(assertion, plan);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    yield `the assertion ${quoted(assertion)} cannot be read: ${error.message}`;
  }
}

function* repeated(what: string, names: readonly string[]): Generator<string> {
  const name = names.find((one, index) => names.indexOf(one) < index);
  if (name !== undefined) yield `${what} ${quoted(name)}`;
}

const nameOf = ({ name }: { readonly name: string }): string => name;
const classOf = (request: { readonly class: string }): string => request.class;

const longestName = 60;

/** A name for a sentence: in quotes, cut where it is very long. */
const quoted = (name: string): string =>
  JSON.stringify(name.length > longestName ? `${name.slice(0, longestName)}…` : name);
