import { describe, expect, test } from '@jest/globals';
import type { TracedRequest, TracedRun } from '../../results/document/run-document.ts';
import { golden } from '../../test/golden/documents.ts';
import { lanesOf } from './lanes.ts';
import { mostAtOnce, packed, segmentsOf } from './segments.ts';
import { timelineCaption, timelinesOf } from './timelines.ts';

const request = (values: Partial<TracedRequest>): TracedRequest => ({
  class: 'cpu',
  sentMs: 0,
  answeredMs: 100,
  queueMs: 0,
  waitMs: 0,
  computeMs: 0,
  worker: 'one',
  inFlight: 2,
  ...values,
});

const run = (...requests: TracedRequest[]): TracedRun => ({
  server: 'pool',
  workload: 'cpu',
  requests,
});

function traced(server: string): TracedRun {
  const found = golden('full').traces.find((one) => one.server === server);
  if (!found) throw new Error(`the golden run has no traces of ${server}`);
  return found;
}

describe('the segments of a request', () => {
  test('end with the work and begin with unexplained time in a queue', () => {
    const segments = segmentsOf(
      run(request({ sentMs: 10, answeredMs: 100, waitMs: 50, computeMs: 20 })),
      true,
    );
    expect(segments.map(({ kind, startMs, endMs }) => [kind, startMs, endMs])).toEqual([
      ['queued', 10, 30],
      ['waiting', 30, 80],
      ['computing', 80, 100],
    ]);
  });

  test('never begin before the request was sent, whatever the server reports', () => {
    const segments = segmentsOf(
      run(request({ sentMs: 10, answeredMs: 40, waitMs: 500, computeMs: 20 })),
      true,
    );
    expect(segments.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [10, 20],
      [20, 40],
    ]);
  });

  test('do not overlap in a thread, although the client reads several answers at once', () => {
    const together = run(
      request({ answeredMs: 30, computeMs: 10 }),
      request({ sentMs: 1, answeredMs: 30, computeMs: 10 }),
      request({ sentMs: 2, answeredMs: 30, computeMs: 10, worker: 'two' }),
    );
    const computing = (oneThreadEach: boolean) =>
      segmentsOf(together, oneThreadEach).filter(({ kind }) => kind === 'computing');
    expect(mostAtOnce(computing(true))).toBe(2);
    expect(mostAtOnce(computing(false))).toBe(3);
    expect(computing(true).map(({ endMs, startMs }) => endMs - startMs)).toEqual([10, 10, 10]);
  });

  test('do not overlap in waits where a worker never had two requests in flight', () => {
    const alone = { waitMs: 20, computeMs: 10, answeredMs: 100, inFlight: 1 };
    const segments = segmentsOf(
      run(request(alone), request({ ...alone, sentMs: 1 }), request({ ...alone, sentMs: 2 })),
      false,
    );
    const work = segments.filter(({ kind }) => kind !== 'queued');
    expect(mostAtOnce(work)).toBe(1);
    expect(work.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [10, 30],
      [30, 40],
      [40, 60],
      [60, 70],
      [70, 90],
      [90, 100],
    ]);
  });

  test('do not overlap even where the reported times are impossible', () => {
    const segments = segmentsOf(
      run(
        request({ answeredMs: 20, computeMs: 20, inFlight: 1 }),
        request({ sentMs: 15, answeredMs: 30, waitMs: 20, inFlight: 1 }),
        request({ sentMs: 29, answeredMs: 31, computeMs: 8, inFlight: 1 }),
      ),
      false,
    );
    expect(mostAtOnce(segments.filter(({ kind }) => kind !== 'queued'))).toBe(1);
    for (const { startMs, endMs } of segments) expect(endMs).toBeGreaterThan(startMs);
  });

  test('are packed into the fewest rows without an overlap', () => {
    const segments = segmentsOf(
      run(
        request({ answeredMs: 10, computeMs: 10 }),
        request({ sentMs: 5, answeredMs: 15, computeMs: 10 }),
        request({ sentMs: 10, answeredMs: 20, computeMs: 10 }),
      ),
      false,
    );
    expect(packed(segments)).toHaveLength(2);
    expect(mostAtOnce(segments)).toBe(2);
  });
});

describe('the lanes of a server', () => {
  test('show one request at a time in each prefork process', () => {
    const lanes = lanesOf(segmentsOf(traced('prefork'), true)).filter(
      ({ name }) => name !== 'queue',
    );
    expect(lanes).toHaveLength(5);
    for (const { rows } of lanes) expect(rows).toHaveLength(1);
  });

  test('show the event loop’s computations end to end and its waits side by side', () => {
    const [queue, loop] = lanesOf(segmentsOf(traced('event-loop'), true));
    expect(queue?.name).toBe('queue');
    const kinds = loop?.rows.map(({ segments }) => segments[0]?.kind) ?? [];
    expect(kinds.filter((kind) => kind === 'computing')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'waiting').length).toBeGreaterThan(10);
  });

  test('leave out an empty queue', () => {
    expect(lanesOf(segmentsOf(run(request({ computeMs: 99.5 })), true))[0]?.name).toBe('one');
  });
});

test('a caption has the run’s own numbers', () => {
  const caption = (server: string) =>
    timelineCaption(traced(server), segmentsOf(traced(server), true));
  expect(caption('pool')).toBe(
    '40 requests, sent within 39 ms, answered in 88.4 ms by 3 processes or threads. At most 32 in flight per process, 2 computing at a time; mean time in a queue: 0.4 ms (light) and 18.3 ms (heavy).',
  );
  expect(caption('event-loop')).toContain('by one process or thread. At most 36 in flight');
  expect(caption('prefork')).toMatch(
    /by 5 processes or threads\. At most 1 in flight per process, [1-5] computing at a time/,
  );
});

test('workers that are known by a process ID are numbered, in lanes and in the table', () => {
  const full = golden('full');
  const byId = {
    ...traced('prefork'),
    requests: traced('prefork').requests.map((one) => ({
      ...one,
      worker: `9${one.worker.replace(/\D/g, '')}`,
    })),
  };
  const [timeline] = timelinesOf({ ...full, traces: [byId] }, byId.workload).timelines;
  const names = ['worker 1', 'worker 2', 'worker 3', 'worker 4', 'worker 5'];
  expect(timeline?.lanes.map(({ name }) => name)).toEqual(['queue', ...names]);
  expect([...new Set(timeline?.run.requests.map(({ worker }) => worker))].sort()).toEqual(names);
});

test('timelines come in the plan’s order, whatever the order of the traces', () => {
  const full = golden('full');
  const { timelines } = timelinesOf({ ...full, traces: full.traces.toReversed() }, 'mixed');
  expect(timelines.map(({ run }) => run.server)).toEqual(full.plan.servers.map(({ name }) => name));
});

test('an event loop computes several requests at once only where Node.js has other threads compute', () => {
  const full = golden('full');
  const computations = [0, 1, 2].map((sentMs) =>
    request({ sentMs, answeredMs: 30, computeMs: 20 }),
  );
  const traces = ['event-loop', 'prefork'].map((server) => ({
    server,
    workload: 'cpu',
    requests: computations,
  }));
  const atOnce = (inBackground: boolean) => {
    const workloads = full.plan.workloads.map((workload) => ({
      ...workload,
      classes: workload.classes.map((one) => ({
        ...one,
        ...(inBackground && { computesInBackground: true as const }),
      })),
    }));
    const document = { ...full, traces, plan: { ...full.plan, workloads } };
    return timelinesOf(document, 'cpu').timelines.map(({ played }) =>
      mostAtOnce(played.segments.filter(({ kind }) => kind === 'computing')),
    );
  };
  expect(atOnce(false)).toEqual([1, 1]);
  expect(atOnce(true)).toEqual([3, 1]);
});
