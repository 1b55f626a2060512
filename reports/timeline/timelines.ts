import type {
  PlannedServer,
  PlannedWorkload,
  RunDocument,
  TracedRun,
} from '../../results/document/run-document.ts';
import { timelineCaption } from './caption.ts';
import { type Lane, lanesOf } from './lanes.ts';
import { segmentsOf } from './segments.ts';

/** What one server did with the requests that every server was sent. */
export interface Timeline {
  readonly run: TracedRun;
  readonly lanes: readonly Lane[];
  readonly caption: string;
}

/** The workloads with traces; first the one with several classes, which tells most. */
export function tracedWorkloads({ traces, plan }: RunDocument): PlannedWorkload[] {
  const traced = plan.workloads.filter(({ name }) =>
    traces.some(({ workload }) => workload === name),
  );
  const main = traced.find(({ classes }) => classes.length > 1) ?? traced[0];
  return main ? [main, ...traced.filter((workload) => workload !== main)] : [];
}

/** A workload's timelines in the plan's order, and when the last answer of all of them came: they share a time axis. */
export function timelinesOf(
  { traces, plan }: RunDocument,
  workload: string,
): { readonly timelines: readonly Timeline[]; readonly lastMs: number } {
  const runs = traces.filter((run) => run.workload === workload);
  const timelines = plan.servers.flatMap((server) =>
    runs
      .filter((run) => run.server === server.name)
      .map((run) => {
        const segments = segmentsOf(run, hasThreadsApart(server));
        return { run, lanes: lanesOf(segments), caption: timelineCaption(run, segments) };
      }),
  );
  const lastMs = Math.max(
    ...runs.flatMap(({ requests }) => requests.map(({ answeredMs }) => answeredMs)),
  );
  return { timelines, lastMs };
}

/** Whether what a server calls a worker is one thread: so it is in the models; Go names the process that has them all. */
const hasThreadsApart = ({ kind, modelledBy }: PlannedServer): boolean =>
  kind === 'model' || (kind === 'reference' && modelledBy !== 'pool');
