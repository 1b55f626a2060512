import type { RunDocument } from '../../results/document/run-document.ts';
import type { Segment } from '../timeline/segment.ts';
import { packed } from '../timeline/segments.ts';
import { timelinesOf, tracedWorkloads } from '../timeline/timelines.ts';

/** An event of the Trace Event Format (Google, "Trace Event Format", 2016): times in µs. */
interface TraceEvent {
  readonly name: string;
  readonly ph: 'X' | 'M';
  readonly pid: number;
  readonly tid: number;
  readonly cat: Segment['kind'] | '__metadata';
  readonly ts: number;
  readonly dur?: number;
  readonly args: Readonly<Record<string, string | number>>;
}

/**
 * The traced requests for a viewer of Chrome traces, such as Perfetto: a process for each server and workload, and a
 * thread for each worker. Threads cannot show overlapping events, so that queue and waits have as many as overlap.
 */
export function renderTrace(document: RunDocument): string {
  const traced = tracedWorkloads(document).flatMap(({ name: workload }) =>
    timelinesOf(document, workload).timelines.map(({ played }) => ({ workload, ...played })),
  );
  const traceEvents = traced.flatMap(({ server, workload, segments }, index) => {
    const pid = index + 1;
    // As Chromium writes them: some readers need a category and a time of every event.
    const named = (name: string, tid: number, args: TraceEvent['args']): TraceEvent => {
      return { name, cat: '__metadata', ph: 'M', pid, tid, ts: 0, args };
    };
    return [
      named('process_name', 0, { name: `${server}, ${workload}` }),
      named('process_sort_index', 0, { sort_index: pid }),
      ...threadsOf(segments).flatMap(({ name, row }, thread) => {
        const tid = thread + 1;
        return [
          named('thread_name', tid, { name }),
          named('thread_sort_index', tid, { sort_index: tid }),
          ...row.map((segment) => eventOf(segment, pid, tid)),
        ];
      }),
    ];
  });
  return `${JSON.stringify({ displayTimeUnit: 'ms', traceEvents })}\n`;
}

function eventOf(segment: Segment, pid: number, tid: number): TraceEvent {
  const { kind, startMs, endMs, className, request, worker } = segment;
  const [ts, end] = [startMs, endMs].map((ms) => Math.round(1000 * ms)) as [number, number];
  const name = `${className} ${kind}`;
  return {
    name,
    cat: kind,
    ph: 'X',
    pid,
    tid,
    ts,
    dur: end - ts,
    args: { request: request + 1, worker },
  };
}

/** Rows without overlaps: the queue, then the computations and the waits of each worker. */
function threadsOf(segments: readonly Segment[]): { name: string; row: readonly Segment[] }[] {
  const of = (kind: Segment['kind'], worker?: string) =>
    packed(segments.filter((one) => one.kind === kind && (worker ?? one.worker) === one.worker));
  const rows = (name: string, list: readonly (readonly Segment[])[]) =>
    list.map((row, index) => ({ name: list.length > 1 ? `${name} ${index + 1}` : name, row }));
  const workers = new Set(
    segments.filter(({ kind }) => kind !== 'queued').map(({ worker }) => worker),
  );
  return [
    ...rows('queue', of('queued')),
    ...[...workers].flatMap((worker) => [
      ...rows(worker, of('computing', worker)),
      ...rows(`${worker}, waits`, of('waiting', worker)),
    ]),
  ];
}
