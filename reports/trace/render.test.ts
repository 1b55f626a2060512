import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { golden } from '../../test/golden/documents.ts';
import { renderTrace } from './render.ts';

const eventSchema = z.object({
  name: z.string(),
  ph: z.enum(['X', 'M']),
  pid: z.int().positive(),
  tid: z.int().nonnegative(),
  ts: z.int().nonnegative().optional(),
  dur: z.int().nonnegative().optional(),
  args: z.record(z.string(), z.union([z.string(), z.number()])),
});
const traceSchema = z.object({ traceEvents: z.array(eventSchema) });

const eventsOf = (name: 'full' | 'empty') =>
  traceSchema.parse(JSON.parse(renderTrace(golden(name)))).traceEvents;

test('has a process for each traced server, and every request in it', () => {
  const events = eventsOf('full');
  const { traces } = golden('full');
  const processes = events.filter(({ name }) => name === 'process_name');
  expect(processes).toHaveLength(traces.length);
  for (const { pid } of processes) {
    const requests = events.filter((one) => one.pid === pid && one.ph === 'X');
    expect(new Set(requests.map(({ args }) => args['request'])).size).toBe(
      traces[0]?.requests.length,
    );
  }
});

test('has threads with names, whose events do not overlap', () => {
  const events = eventsOf('full');
  const slices = events.filter(({ ph }) => ph === 'X');
  const threads = Map.groupBy(slices, ({ pid, tid }) => `${pid} ${tid}`);
  const names = events.filter(({ name }) => name === 'thread_name');
  expect(names.map(({ pid, tid }) => `${pid} ${tid}`)).toEqual(
    expect.arrayContaining([...threads.keys()]),
  );
  const overlaps = [...threads.values()].flatMap((of) =>
    of
      .toSorted((a, b) => (a.ts ?? 0) - (b.ts ?? 0))
      .filter(({ ts = 0 }, index, all) => {
        const before = all[index - 1];
        return before !== undefined && ts < (before.ts ?? 0) + (before.dur ?? 0);
      }),
  );
  expect(slices.length).toBeGreaterThan(100);
  expect(overlaps).toEqual([]);
});

test('is an empty trace for a run without traced requests', () => {
  expect(eventsOf('empty')).toEqual([]);
});
