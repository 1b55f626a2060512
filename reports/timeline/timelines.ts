import type {
  PlannedServer,
  PlannedWorkload,
  RunDocument,
  TracedRun,
} from '../../results/document/run-document.ts';
import { formatNumber, joinWithAnd, plural } from '../../results/format.ts';
import { queueingModelOf } from '../../results/queueing-model.ts';
import { backgroundThreads } from '../../results/statistics/queueing/models.ts';
import { type Lane, lanesOf } from './lanes.ts';
import type { Played, Segment } from './segment.ts';
import { mostAtOnce, segmentsOf } from './segments.ts';

/** How one server served the requests that every server was sent. */
export interface Timeline {
  /** Its workers have the names of the lanes. */
  readonly run: TracedRun;
  readonly lanes: readonly Lane[];
  readonly caption: string;
  readonly played: Played;
}

/** The workloads with traces; first the one with several classes, which shows most. */
export function tracedWorkloads({ traces, plan }: RunDocument): PlannedWorkload[] {
  const traced = plan.workloads.filter(({ name }) =>
    traces.some(({ workload }) => workload === name),
  );
  const main = traced.find(({ classes }) => classes.length > 1) ?? traced[0];
  return main ? [main, ...traced.filter((workload) => workload !== main)] : [];
}

/** A workload's timelines in the plan's order, and the time of the last answer: all timelines share one axis. */
export function timelinesOf(
  { traces, plan }: RunDocument,
  workload: string,
): { readonly timelines: readonly Timeline[]; readonly lastMs: number } {
  const runs = traces.filter((run) => run.workload === workload);
  const { classes = [] } = plan.workloads.find(({ name }) => name === workload) ?? {};
  const waits = Object.fromEntries(classes.map(({ name, waitMs }) => [name, waitMs]));
  const timelines = plan.servers.flatMap((server) =>
    runs
      .filter((run) => run.server === server.name)
      .map((run) =>
        timelineOf(run, server, { waits, oneThreadEach: hasOneThreadEach(server, classes) }),
      ),
  );
  const lastMs = Math.max(
    ...runs.flatMap(({ requests }) => requests.map(({ answeredMs }) => answeredMs)),
  );
  return { timelines, lastMs };
}

function timelineOf(
  traced: TracedRun,
  server: PlannedServer,
  { waits, oneThreadEach }: Pick<Played, 'waits'> & { readonly oneThreadEach: boolean },
): Timeline {
  const nameOf = workerNames(segmentsOf(traced, oneThreadEach));
  const run = {
    ...traced,
    requests: traced.requests.map((one) => ({ ...one, worker: nameOf(one.worker) })),
  };
  const segments = segmentsOf(run, oneThreadEach);
  return {
    run,
    lanes: lanesOf(segments),
    caption: timelineCaption(run, segments),
    played: { ...playedOf(server, run, segments), waits },
  };
}

function playedOf(
  { name, modelledBy }: PlannedServer,
  run: TracedRun,
  segments: readonly Segment[],
): Omit<Played, 'waits'> {
  const workers = new Set(run.requests.map(({ worker }) => worker)).size;
  const isLoop = (modelledBy ?? name) === 'event-loop';
  const inFlight = Math.max(...run.requests.map((request) => request.inFlight));
  return {
    server: name,
    segments,
    alone: workers > 1 ? null : isLoop ? 'the loop' : 'the process',
    oneByOne: inFlight === 1 && workers > 1,
  };
}

/**
 * Whether each of a server's workers computes in one thread, as in the models. Go's worker is the process with all its
 * threads; an event loop has other threads of Node.js compute where it can.
 */
function hasOneThreadEach(server: PlannedServer, classes: PlannedWorkload['classes']): boolean {
  const { kind, modelledBy } = server;
  if (queueingModelOf(server, { classes }) === backgroundThreads) return false;
  return kind === 'model' || (kind === 'reference' && modelledBy !== 'pool');
}

/** Names for workers that are known by a process ID, or by that and the number of a thread: numbers in the order of their first work. */
function workerNames(segments: readonly Segment[]): (worker: string) => string {
  const working = segments.filter(({ kind }) => kind !== 'queued').map(({ worker }) => worker);
  const processes = [...new Set(working)].filter((worker) => /^\d+(-\d+)?$/.test(worker));
  return (worker) => {
    const index = processes.indexOf(worker);
    if (index < 0) return worker;
    return processes.length === 1 ? 'process' : `worker ${index + 1}`;
  };
}

/** What a timeline shows, with its own numbers. */
export function timelineCaption({ requests }: TracedRun, segments: readonly Segment[]): string {
  const of = (kind: Segment['kind']) => segments.filter((segment) => segment.kind === kind);
  const workers = new Set(requests.map(({ worker }) => worker)).size;
  const inFlight = Math.max(...requests.map((request) => request.inFlight));
  const lastMs = Math.max(...requests.map(({ answeredMs }) => answeredMs));
  const firstMs = Math.min(...requests.map(({ sentMs }) => sentMs));
  const lastSentMs = Math.max(...requests.map(({ sentMs }) => sentMs));
  const computing = mostAtOnce(of('computing'));
  const classes = [...new Set(requests.map((request) => request.class))];
  const inQueue = classes.map((name) => {
    const queued = of('queued').filter(({ className }) => className === name);
    const sum = queued.reduce((ms, { startMs, endMs }) => ms + endMs - startMs, 0);
    const mean = sum / requests.filter((request) => request.class === name).length;
    return `${formatNumber(mean)} ms${classes.length > 1 ? ` (${name})` : ''}`;
  });
  return [
    `${plural(requests.length, 'request')}, sent within ${formatNumber(lastSentMs - firstMs)} ms, answered in ${formatNumber(lastMs - firstMs)} ms by ${workers === 1 ? 'one process or thread' : `${workers} processes or threads`}.`,
    `At most ${inFlight} in flight per process${computing > 0 ? `, ${computing} computing at a time` : ''}; mean time in a queue: ${joinWithAnd(inQueue)}.`,
  ].join(' ');
}
