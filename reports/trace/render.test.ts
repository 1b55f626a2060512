import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { golden } from '../../test/golden/documents.ts';
import { renderTrace } from './render.ts';

/** What the format demands of complete events (X) and of metadata (M), and no field besides. */
const place = { pid: z.int().positive(), tid: z.int().nonnegative() };
const metadata = <Name extends string, Args extends z.ZodRawShape>(name: Name, args: Args) =>
  z.strictObject({
    ph: z.literal('M'),
    cat: z.literal('__metadata'),
    ts: z.literal(0),
    name: z.literal(name),
    ...place,
    args: z.strictObject(args),
  });
const eventSchema = z.union([
  z.strictObject({
    ph: z.literal('X'),
    name: z.string().min(1),
    cat: z.string(),
    ...place,
    ts: z.int().nonnegative(),
    dur: z.int().nonnegative(),
    args: z.strictObject({ request: z.int().positive(), worker: z.string() }),
  }),
  metadata('process_name', { name: z.string() }),
  metadata('process_sort_index', { sort_index: z.int() }),
  metadata('thread_name', { name: z.string() }),
  metadata('thread_sort_index', { sort_index: z.int() }),
]);
const traceSchema = z.strictObject({
  displayTimeUnit: z.literal('ms'),
  traceEvents: z.array(eventSchema),
});

const eventsOf = (name: 'full' | 'empty') =>
  traceSchema.parse(JSON.parse(renderTrace(golden(name)))).traceEvents;
const slicesOf = (events: ReturnType<typeof eventsOf>) => events.filter((one) => one.ph === 'X');

test('has a process for each traced server, and every request in it', () => {
  const events = eventsOf('full');
  const { traces } = golden('full');
  const processes = events.filter(({ name }) => name === 'process_name');
  expect(processes).toHaveLength(traces.length);
  for (const { pid } of processes) {
    const requests = slicesOf(events).filter((one) => one.pid === pid);
    expect(new Set(requests.map(({ args }) => args.request)).size).toBe(traces[0]?.requests.length);
  }
});

test('has threads with names, whose events do not overlap', () => {
  const events = eventsOf('full');
  const slices = slicesOf(events);
  const threads = Map.groupBy(slices, ({ pid, tid }) => `${pid} ${tid}`);
  const names = events.filter(({ name }) => name === 'thread_name');
  expect(names.map(({ pid, tid }) => `${pid} ${tid}`)).toEqual(
    expect.arrayContaining([...threads.keys()]),
  );
  const overlaps = [...threads.values()].flatMap((of) =>
    of
      .toSorted((a, b) => a.ts - b.ts)
      .filter(({ ts }, index, all) => {
        const before = all[index - 1];
        return before !== undefined && ts < before.ts + before.dur;
      }),
  );
  expect(slices.length).toBeGreaterThan(100);
  expect(overlaps).toEqual([]);
});

test('is an empty trace for a run without traced requests', () => {
  expect(eventsOf('empty')).toEqual([]);
});
