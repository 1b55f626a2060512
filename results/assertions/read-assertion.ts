import type { ComparedMetric } from '../comparison/change.ts';
import type { Objective } from '../document/run-document.ts';
import { percentilesAsTyped } from '../percentile.ts';
import { hasSeveralClasses } from '../verdicts/main-window.ts';
import type { Assertion } from './assertion.ts';
import { TextReader } from './text-reader.ts';

/** The names that an assertion may use: those of a run, or of two. */
export interface AssertableRun {
  readonly servers: readonly { readonly name: string }[];
  readonly workloads: readonly AssertableWorkload[];
  /** Set for what two runs have in common. */
  readonly ofTwoRuns?: true;
}

interface AssertableWorkload {
  readonly name: string;
  readonly servers: readonly string[];
  readonly classes: readonly { readonly name: string }[];
  readonly objectives: readonly Objective[];
}

interface Place {
  readonly workload: AssertableWorkload;
  readonly className: string | null;
}

const metricNames = ['throughput', 'capacity', ...Object.keys(percentilesAsTyped)];

/**
 * Reads what docs/assertions.md describes: `SERVER[/SERVER] METRIC [on WORKLOAD [CLASS]] <|> NUMBER[UNIT] [at RATE/s]`;
 * of two runs, `new/base METRIC [of SERVER] [on …] …`.
 *
 * @throws TextError for what cannot be read, or names nothing of the run
 */
export function readAssertion(text: string, run: AssertableRun): Assertion {
  const reader = new TextReader(text);
  const pair = run.ofTwoRuns ? readRuns(reader) : readServers(reader, run);
  const metricAt = reader.at;
  const metricName =
    reader.takeName(metricNames) ??
    reader.fail((word) => `${word} is not a metric. Known: ${metricNames.join(', ')}`);
  const { server, other } = pair ?? readChangedServer(reader, run);
  const placeAt = reader.at;
  const place = readPlace(reader, run);
  const { workload } = place;
  const absent = [server, other].find((name) => name !== null && !workload.servers.includes(name));
  if (absent) reader.fail(() => `${absent} is not measured on ${workload.name}`, placeAt);
  const metric = metricFrom(metricName, place, (problem) => reader.fail(() => problem, metricAt));
  const comparator =
    readComparator(reader) ?? reader.fail((word) => `expected < or > instead of ${word}`);
  const limit = readLimit(reader, metric, other !== null);
  const rateAt = reader.at;
  const ratePerSecond = reader.take(/at(?=\s)/y) === null ? null : readRate(reader);
  if (ratePerSecond !== null && metric.kind !== 'response-time') {
    reader.fail(() => `only response times are measured at a rate, not ${metricName}`, rateAt);
  }
  const endAt = reader.at;
  if (reader.take(/.+/sy) !== null) reader.fail((word) => `unexpected ${word}`, endAt);
  const relativeTo = other === null ? null : { server: other };
  return {
    text,
    server,
    relativeTo,
    metric,
    workload: workload.name,
    comparator,
    limit,
    ratePerSecond,
  };
}

interface Servers {
  readonly server: string;
  /** What its value is divided by. */
  readonly other: string | null;
}

function readServers(reader: TextReader, run: AssertableRun): Servers {
  const server = readServer(reader, run);
  const isRatio = reader.take(/\//y) !== null;
  const otherAt = reader.at;
  const other = isRatio ? readServer(reader, run) : null;
  if (other === server) {
    reader.fail(() => `${server} divided by itself is always 1: name another server`, otherAt);
  }
  return { server, other };
}

function readRuns(reader: TextReader): null {
  if (reader.take(/new\s*\/\s*base(?=\s)/y) !== null) return null;
  return reader.fail((word) => `two runs are compared by new/base, not ${word}`);
}

/** The server that both runs have; needed unless they have only one. */
function readChangedServer(reader: TextReader, run: AssertableRun): Servers {
  const names = run.servers.map(({ name }) => name);
  if (reader.take(/of(?=\s)/y) !== null) {
    const server = readServer(reader, run);
    return { server, other: server };
  }
  const [only, second] = names;
  if (only !== undefined && second === undefined) return { server: only, other: only };
  return reader.fail(
    () => `the runs have several servers: add "of" and one of ${names.join(', ')}`,
  );
}

function readServer(reader: TextReader, { servers, ofTwoRuns }: AssertableRun): string {
  const names = servers.map(({ name }) => name);
  const where = ofTwoRuns ? 'both runs' : 'the run';
  return (
    reader.takeName(names) ??
    reader.fail((word) => `${word} is not a server of ${where}. Known: ${names.join(', ')}`)
  );
}

/** A workload, a class of requests, or both; none where the run has only one workload. */
function readPlace(reader: TextReader, { workloads }: AssertableRun): Place {
  const names = workloads.map(({ name }) => name);
  if (reader.take(/on(?=\s)/y) === null) {
    const [only, second] = workloads;
    if (only && !second) return { workload: only, className: null };
    return reader.fail(
      () => `the run has several workloads: add "on" and one of ${names.join(', ')}`,
    );
  }
  const at = reader.at;
  const named = reader.takeName(names);
  const among = workloads.filter(({ name }) => named === null || name === named);
  const classNames = among.flatMap((one) =>
    hasSeveralClasses(one) ? one.classes.map(({ name }) => name) : [],
  );
  const className = reader.takeName(classNames);
  const [workload, another] = among.filter(
    ({ classes }) => className === null || classes.some(({ name }) => name === className),
  );
  if (!workload || (named === null && className === null)) {
    return reader.fail(
      (word) =>
        `${word} is neither a workload nor a class of requests. Known: ${[...names, ...new Set(classNames)].join(', ')}`,
    );
  }
  if (another) {
    reader.fail(
      () =>
        `several workloads have ${className} requests: write "on ${workload.name} ${className}" or "on ${another.name} ${className}"`,
      at,
    );
  }
  return { workload, className };
}

function metricFrom(
  name: string,
  { workload, className }: Place,
  fail: (problem: string) => never,
): ComparedMetric {
  const percentile = percentilesAsTyped[name];
  if (percentile) return { kind: 'response-time', percentile, className };
  if (name === 'capacity') {
    const { objectives } = workload;
    const own = objectives.filter((one) => one.class === className);
    const [objective, another] = own.length === 0 && className === null ? objectives : own;
    const about = className ?? workload.name;
    if (another) fail(`${about} has several objectives: capacity needs a single --objective`);
    return objective
      ? { kind: 'capacity', objective }
      : fail(`capacity needs an --objective for ${about}`);
  }
  if (className !== null) {
    fail(`throughput is that of all requests of ${workload.name}: leave out ${className}`);
  }
  return { kind: 'throughput' };
}

function readComparator(reader: TextReader): Assertion['comparator'] | null {
  const sign = reader.take(/[<>](?!=)/y);
  return sign === '<' || sign === '>' ? sign : null;
}

const perSecond = /(?:req(?:uests)?)?\/s(?=\s|$)/y;

/** In ms for times. */
function readLimit(reader: TextReader, metric: ComparedMetric, isRatio: boolean): number {
  const at = reader.at;
  const number = Number(
    reader.take(/\d+(?:\.\d+)?/y) ?? reader.fail((word) => `expected a number instead of ${word}`),
  );
  if (number === 0) reader.fail(() => 'the limit must be above 0', at);
  if (isRatio) {
    reader.take(/[×x](?=\s|$)/y);
    return number;
  }
  if (metric.kind !== 'response-time') {
    reader.take(perSecond);
    return number;
  }
  const unit =
    reader.take(/m?s(?=\s|$)/y) ??
    reader.fail((word) => `expected ms or s after the time instead of ${word}`);
  return unit === 's' ? 1000 * number : number;
}

function readRate(reader: TextReader): number {
  const at = reader.at;
  const rate = Number(
    reader.take(/\d+(?:\.\d+)?/y) ??
      reader.fail((word) => `expected a rate such as 200/s instead of ${word}`),
  );
  if (rate === 0) reader.fail(() => 'the rate must be above 0', at);
  reader.take(perSecond);
  return rate;
}
