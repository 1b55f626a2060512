import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { LoadWorkerError } from '../../errors.ts';
import type { Load, LoadResult } from '../load.ts';
import { Tally } from '../tally.ts';
import { Member } from './member.ts';
import type { WorkerCommand } from './messages.ts';

const load: Load = {
  loop: 'closed',
  host: '127.0.0.1',
  port: 80,
  connections: 1,
  warmupSeconds: 0,
  windowSeconds: 1,
  timeoutSeconds: 1,
  seed: 1,
  classes: [{ name: 'a', weight: 1, path: '/', expectedBody: null }],
};
const result: LoadResult = new Tally(load, { startMs: 0, endMs: 1000 }, 1).summarise();
const nothing = {
  cpuSeconds: 0.5,
  runQueueDelaySeconds: 0,
  pssBytes: 0,
  processes: 1,
  threads: 1,
  processesReplaced: 0,
};
const report = { client: nothing, startedLateMs: 0, serverRoundTripMs: 4 };

let sent: WorkerCommand[];
let member: Member;
/** Its monotonic clock is 1,000,000 ms ahead. */
const answer = () => {
  const ping = sent.findLast((command) => command.type === 'ping');
  if (ping?.type !== 'ping') throw new Error('it was not asked');
  const monotonicMs = ping.sentMs + 1e6;
  member.receive({ type: 'pong', sentMs: ping.sentMs, monotonicMs, wallMs: Date.now() + 3000 });
};

beforeEach(() => {
  sent = [];
  const facts = { name: 'load1', cpus: 2, openFiles: null, onThisMachine: false };
  member = new Member(facts, (command) => sent.push(command));
  member.ping();
});

test('a worker is present once its clock is known', () => {
  expect(member.isPresent).toBe(false);
  answer();
  expect(member.isPresent).toBe(true);
});

test('a worker is told the agreed start by its own clock', async () => {
  answer();
  const run = member.run(
    load,
    () => {},
    async () => 500,
  );
  expect(sent.at(-1)).toEqual({ type: 'run', load, awaitStart: true });
  member.receive({ type: 'prepared' });
  await Promise.resolve();
  const start = sent.at(-1);
  if (start?.type !== 'start') throw new Error('it was not started');
  expect(Math.abs(start.atMs - 1_000_500)).toBeLessThan(100);
  member.receive({ type: 'report', report });
  member.receive({ type: 'result', result });
  const { client, loadWorkers } = await run;
  expect(client).toEqual(nothing);
  expect(loadWorkers).toMatchObject([{ name: 'load1', serverRoundTripMs: 4, cpuSeconds: 0.5 }]);
  expect(Math.round((loadWorkers?.[0]?.clockAheadMs ?? 0) / 1000)).toBe(3);
});

test('where the others cannot start, the load of a worker is cancelled', async () => {
  answer();
  const run = member.run(
    load,
    () => {},
    () => Promise.reject(new Error('another one failed')),
  );
  member.receive({ type: 'prepared' });
  await new Promise(setImmediate);
  expect(sent.at(-1)).toEqual({ type: 'cancel' });
  member.receive({ type: 'failed', message: 'the load was cancelled' });
  await expect(run).rejects.toThrow(LoadWorkerError);
});

describe('a worker that is lost', () => {
  test('ends its load with a sentence, and is present again once nothing of that is left', async () => {
    answer();
    const run = member.run(load, () => {});
    member.lose('was lost');
    await expect(run).rejects.toThrow(new LoadWorkerError('load worker load1 was lost'));
    expect(member.isPresent).toBe(false);
    member.receive({ type: 'result', result }); // of the load that was given up
    member.ping();
    answer();
    expect(sent.at(-1)).toEqual({ type: 'stop' });
    expect(member.isPresent).toBe(false);
    member.receive({ type: 'stopped' });
    expect(member.isPresent).toBe(true);
  });

  test('is one that does not answer for 5 s', async () => {
    answer();
    const run = member.run(load, () => {});
    const later = process.hrtime()[0] + 6;
    jest.spyOn(process, 'hrtime').mockReturnValue([later, 0]);
    member.ping();
    await expect(run).rejects.toThrow('load worker load1 did not answer for 5 s');
    jest.restoreAllMocks();
  });
});
