import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { choosePort } from '../../../servers/launch/ports.ts';
import { LoadWorkerError } from '../../errors.ts';
import type { OpenLoad } from '../load.ts';
import { arrivalSchedule } from '../open-loop/arrival-schedule.ts';
import { LoadWorkers } from './load-workers.ts';
import { locust, relayCommand } from './locust.ts';
import { Relay } from './relay.ts';

const found = await locust.probe();
const reason = found.available ? '' : ` (skipped: ${found.reason}; ${found.advice})`;
const describeHere = found.available ? describe : describe.skip;

const cli = new URL('../../bin.ts', import.meta.url).pathname;
const missing: object[] = [];
const controls = {
  signal: new AbortController().signal,
  onJoined: () => {},
  onMissing: (one: object) => missing.push(one),
};

describeHere(`load workers${reason}`, () => {
  const received: string[] = [];
  const server = createServer((request, response) => {
    received.push(request.url ?? '');
    setTimeout(() => response.end('ok\n'), 5);
  });
  const processes: ChildProcess[] = [];
  let load: OpenLoad;
  let master: { host: string; port: number };
  let workers: LoadWorkers;

  const startWorker = (name: string) => {
    const words = [cli, 'worker', '--master', `${master.host}:${master.port}`, '--name', name];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    processes.push(child);
    return child;
  };

  beforeAll(async () => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    load = {
      loop: 'open',
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      classes: ['a', 'b', 'c'].map((name, index) => ({
        name,
        weight: index + 1,
        path: `/${name}`,
        expectedBody: 'ok\n',
      })),
      ratePerSecond: 10, // far enough apart to arrive in order on a busy machine
      arrivals: 'uniform',
      maxConnections: 100,
      warmupSeconds: 0.5,
      windowSeconds: 3,
      timeoutSeconds: 5,
      seed: 7,
    };
    master = { host: '127.0.0.1', port: await choosePort() };
    for (const name of ['one', 'two', 'three']) startWorker(name);
    workers = await LoadWorkers.open({ ...master, count: 3 }, controls);
  });

  afterAll(async () => {
    await workers.stop();
    for (const child of processes.filter(({ exitCode }) => exitCode === null)) {
      child.kill('SIGINT');
      await once(child, 'exit');
    }
    server.close();
    server.closeAllConnections();
  });

  test('send together what one generator would have sent, arrival for arrival', async () => {
    received.length = 0;
    const { requests, loadWorkers = [], classes } = await workers.run(load, () => {});
    const { classIndices } = arrivalSchedule({ ...load, weights: [1, 2, 3] });
    expect(received).toEqual([...classIndices].map((index) => load.classes[index]?.path));
    expect(requests).toMatchObject({ sent: 30, ok: 30 });
    expect(classes.map((one) => one.requests.sent).reduce((a, b) => a + b)).toBe(30);
    const parts = loadWorkers.map((worker) => worker.requests);
    expect(parts.map(({ sent }) => sent)).toEqual([10, 10, 10]);
    for (const { sent, ok } of parts) expect(ok).toBe(sent);
    expect(loadWorkers.map(({ name }) => name).toSorted()).toEqual(['one', 'three', 'two']);
  });

  test('leave out those to whom a closed loop has no connection to give', async () => {
    const { ratePerSecond: _r, arrivals: _a, maxConnections: _m, ...base } = load;
    const two = { ...base, loop: 'closed' as const, connections: 2, windowSeconds: 0.2 };
    const { loadWorkers, requests, client } = await workers.run(two, () => {});
    expect(loadWorkers).toHaveLength(2);
    expect(requests.ok).toBe(requests.sent);
    expect(client?.processes).toBeGreaterThanOrEqual(2);
  });

  test('that die end the load with a sentence, and keep their name when they are back', async () => {
    const victim = processes.pop();
    const run = workers.run(load, ({ type }) => {
      if (type === 'window-started') victim?.kill('SIGKILL');
    });
    await expect(run).rejects.toThrow(new LoadWorkerError('load worker three was lost'));
    await workers.recover();
    startWorker('three');
    const { requests, loadWorkers = [] } = await workers.run(
      { ...load, windowSeconds: 0.5 },
      () => {},
    );
    expect(missing).toEqual([{ present: 2, withinMs: 30_000 }]);
    expect(requests.ok).toBe(requests.sent);
    expect(loadWorkers.map(({ name }) => name).toSorted()).toEqual(['one', 'three', 'two']);
  });

  test('that are none, or of another version, are refused, and end no run', async () => {
    const hello = {
      type: 'hello',
      name: 'old',
      benchVersion: '0.0.1',
      cpus: 1,
      openFiles: 1024,
      machine: null,
    };
    for (const [body, reason] of [
      [JSON.stringify(hello), 'it has version 0.0.1 of bench'],
      ['hello', 'it sent what no load worker sends'],
    ] as const) {
      const answer = Promise.withResolvers<string>();
      const stranger = new Relay('worker', master, (line) => {
        if (line.type === 'connected') stranger.send(body);
        if (line.type === 'message') answer.resolve(line.body);
      });
      expect(await answer.promise).toContain(reason);
      await stranger.stop();
    }
    expect(workers.failure).toBeNull();
  });

  test('whose run has no known host yet wait, and take no print of Locust for a message', async () => {
    const [program, ...words] = relayCommand('worker', 'absent.invalid', '5557');
    const child = spawn(program, words, { stdio: 'pipe' });
    const [printed] = await once(child.stderr.setEncoding('utf8'), 'data');
    expect(printed).toContain('Error resolving address');
    const stdout = text(child.stdout);
    child.stdin.end();
    expect(await stdout).toBe('');
  });

  test('say so when they cannot reach the server', async () => {
    const port = await choosePort();
    const message = `it cannot reach the server at 127.0.0.1:${port} (connection refused)`;
    await expect(workers.run({ ...load, port }, () => {})).rejects.toThrow(message);
    await workers.recover();
    expect(workers.failure).toBeNull();
  });

  test('outlive a run, and its load does not', async () => {
    const [first] = processes;
    const lines: string[] = [];
    first?.stdout?.setEncoding('utf8').on('data', (text: string) => lines.push(text));
    const run = workers.run({ ...load, windowSeconds: 60 }, () => {});
    run.catch(() => {}); // the master is gone
    await sleep(1000);
    await workers.stop();
    await expect(run).rejects.toThrow(LoadWorkerError);
    while (!lines.join('').includes('waits for a run')) await sleep(50);
    const before = received.length;
    await sleep(300);
    expect(received.length).toBe(before);
    workers = await LoadWorkers.open({ ...master, count: 3 }, controls);
    const { requests } = await workers.run({ ...load, windowSeconds: 0.5 }, () => {});
    expect(requests.ok).toBe(requests.sent);
  });
});
