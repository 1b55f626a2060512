import { sumOf } from '../../statistics/summary.ts';
import type { ClassMeasurement, Distribution, Measurement } from '../measurement.ts';
import { quoted, repeatedIn } from './names.ts';

/** @param isPlanned whether the workload has a class of this name */
export function* contradictionsInMeasurement(
  where: string,
  measurement: Measurement,
  isPlanned: (className: string) => boolean,
): Generator<string> {
  yield* contradictionsWithLoop(where, measurement);
  const { classes } = measurement;
  const unknown = classes.find(({ name }) => !isPlanned(name));
  if (unknown) {
    yield `${where} has the class ${quoted(unknown.name)}, which its workload does not have`;
  }
  const repeated = repeatedIn(classes.map(({ name }) => name));
  if (repeated !== undefined) yield `${where} has the class ${quoted(repeated)} twice`;

  // What a generator lost count of is a finding about the generator, and void; it is no damage to the document.
  const confessed = measurement.warnings.some(({ code }) => code === 'accounting');
  const parts = classes.map((one) => ({ where: `${where}, class ${quoted(one.name)},`, ...one }));
  for (const part of [{ ...measurement, where }, ...parts]) {
    if (!confessed) yield* contradictionsInAccount(part.where, part);
    yield* contradictionsInTimes(part.where, part);
  }
  yield* contradictionsInSums(where, measurement);
  if (measurement.sendLag) yield* contradictionsInOrder(where, 'send lag', measurement.sendLag);
}

function* contradictionsWithLoop(where: string, measurement: Measurement): Generator<string> {
  const { loop, offeredPerSecond, rate, sendLag, responseTime } = measurement;
  const ofOpenLoops = {
    'an offered rate': offeredPerSecond,
    'a kind of rate': rate,
    'send lags': sendLag,
    'response times': responseTime,
  };
  for (const [what, value] of Object.entries(ofOpenLoops)) {
    if (loop === 'closed' && value !== null) yield `${where}, a closed loop, has ${what}`;
    if (loop === 'open' && value === null) yield `${where}, an open loop, lacks ${what}`;
  }
}

type Part = Omit<ClassMeasurement, 'name'>;

const badOf = ({ non2xx, timeouts, errors }: Part['requests']) => non2xx + timeouts + errors;

function* contradictionsInAccount(where: string, { requests }: Part): Generator<string> {
  const { sent, ok, mismatched } = requests;
  const known = ok + badOf(requests);
  if (sent !== known) yield `${where} sent ${sent} requests and accounts for ${known}`;
  if (mismatched > ok) yield `${where} has ${mismatched} wrong bodies in ${ok} good answers`;
}

function* contradictionsInTimes(where: string, part: Part): Generator<string> {
  const known = part.requests.ok + badOf(part.requests);
  for (const [name, times] of [
    ['service', part.serviceTime],
    ['response', part.responseTime],
  ] as const) {
    if (!times) continue;
    if (times.count !== known) {
      yield `${where} has ${name} times of ${times.count} requests and accounts for ${known}`;
    }
    yield* contradictionsInOrder(where, `${name} time`, times);
  }
}

/** Quantiles rise; one that is null lies among requests that were never answered, above all that were. */
function* contradictionsInOrder(
  where: string,
  what: string,
  { minMs, p50Ms, p90Ms, p95Ms, p99Ms, p999Ms, maxMs }: Distribution,
): Generator<string> {
  let before = { name: '', ms: 0 };
  for (const [name, value] of Object.entries({
    minimum: minMs,
    median: p50Ms,
    p90: p90Ms,
    p95: p95Ms,
    p99: p99Ms,
    'p99.9': p999Ms,
    maximum: maxMs,
  })) {
    const ms = value ?? Number.POSITIVE_INFINITY;
    if (ms < before.ms) yield `${where} has a ${what} whose ${name} lies below its ${before.name}`;
    before = { name, ms };
  }
}

const outcomes = ['sent', 'ok', 'non2xx', 'timeouts', 'errors', 'mismatched'] as const;

/** A measurement is the sum of its classes, and gives a reason for each request without a good answer. */
function* contradictionsInSums(
  where: string,
  { requests, classes, failures }: Measurement,
): Generator<string> {
  const bad = badOf(requests);
  const reasons = sumOf(Object.values(failures));
  if (reasons !== bad) {
    yield `${where} has ${bad} requests without a good answer, and reasons for ${reasons}`;
  }
  if (classes.length === 0) return;
  for (const outcome of outcomes) {
    const sum = sumOf(classes.map((one) => one.requests[outcome]));
    if (sum !== requests[outcome]) {
      yield `${where} has ${requests[outcome]} requests that are "${outcome}", and its classes have ${sum}`;
    }
  }
}
