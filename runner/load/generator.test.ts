import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGenerator } from './generator.ts';
import type { ClosedLoad, OpenLoad } from './load.ts';
import { arrivalSchedule } from './open-loop/arrival-schedule.ts';

const server = createServer((_request, response) => void response.end('ok\n'));
let load: ClosedLoad;

beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  load = {
    loop: 'closed',
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    connections: 2,
    warmupSeconds: 0,
    windowSeconds: 0.1,
    timeoutSeconds: 1,
    seed: 1,
    classes: [{ name: 'ok', weight: 1, path: '/', expectedBody: 'ok\n' }],
  };
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

function isAlive(pid: number | null): boolean {
  if (pid === null) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The other processes of a generator; empty where there is no /proc. */
function childrenOf(pid: number | null): number[] {
  const list = `/proc/${pid}/task/${pid}/children`;
  return existsSync(list) ? (readFileSync(list, 'utf8').match(/\d+/g) ?? []).map(Number) : [];
}

async function someAlive(pids: readonly (number | null)[]): Promise<boolean> {
  for (let tries = 0; pids.some(isAlive) && tries < 200; tries++) await sleep(20);
  return pids.some(isAlive);
}

test('a generator runs several loads in one process, and reports the progress of each', async () => {
  const generator = startGenerator();
  const types: string[] = [];
  for (let round = 0; round < 2; round++) {
    const { requests } = await generator.run(load, (event) => void types.push(event.type));
    expect(requests.ok).toBe(requests.sent);
    expect(requests.sent).toBeGreaterThan(0);
  }
  expect(types.filter((type) => type === 'window-ended')).toHaveLength(2);
  await generator.stop();
  expect(isAlive(generator.pid)).toBe(false);
});

describe('a generator of two processes', () => {
  /** A server that answers 20 ms after each request, and counts them. */
  const slow = createServer((_request, response) => {
    received += 1;
    setTimeout(() => response.end('ok\n'), 20);
  });
  let received = 0;
  const generator = startGenerator({ processes: 2 });
  beforeAll(() => new Promise<void>((resolve) => void slow.listen(0, '127.0.0.1', resolve)));
  afterAll(async () => {
    await generator.stop();
    slow.close();
    slow.closeAllConnections();
  });
  const common = () => ({
    ...load,
    port: (slow.address() as AddressInfo).port,
    windowSeconds: 0.5,
  });

  test('sends what one process would send, and measures the same', async () => {
    const openLoad: OpenLoad = {
      ...common(),
      loop: 'open',
      ratePerSecond: 8100,
      arrivals: 'poisson',
      maxConnections: 1000,
      windowSeconds: 0.2,
      timeoutSeconds: 5,
    };
    received = 0;
    const { requests, responseTime, sendLag, connectionLimit, generatorProcesses, intervals } =
      await generator.run(openLoad);
    const { length } = arrivalSchedule({ ...openLoad, weights: [1] }).offsetsMs;
    expect(requests).toMatchObject({ sent: length, ok: length });
    expect(received).toBe(length);
    expect([responseTime?.count, sendLag?.count]).toEqual([length, length]);
    expect(intervals.map(({ sent }) => sent).reduce((a, b) => a + b)).toBe(length);
    expect([connectionLimit, generatorProcesses]).toEqual([1000, 2]);
    expect(responseTime?.minMs).toBeGreaterThan(19);
  });

  test('keeps each of the connections of a closed loop busy', async () => {
    const result = await generator.run({ ...common(), connections: 40, warmupSeconds: 0.2 });
    expect(result).toMatchObject({ connectionsOpened: 40, connectionLimit: 40 });
    expect(result.generatorProcesses).toBe(2);
    // A connection may be between two requests when an interval ends.
    const inFlight = result.intervals.map((interval) => interval.inFlight);
    expect(Math.min(...inFlight)).toBeGreaterThan(30);
    expect(Math.max(...inFlight)).toBe(40);
    expect(result.serviceTime.p50Ms).toBeGreaterThan(19);
    expect(result.throughputPerSecond).toBeLessThan(40 / 0.019);
    // By Little's law, but for the longest request, which the ends of the window may cut off.
    const { meanMs, maxMs } = result.serviceTime;
    const busy = ((result.requests.ok / 0.5) * (meanMs ?? 0)) / 1000;
    expect(Math.abs(busy / 40 - 1)).toBeLessThan(0.02 + (maxMs ?? 0) / 500);
  });

  test('uses one process for a load that needs no more', async () => {
    const { generatorProcesses } = await generator.run({ ...common(), connections: 2 });
    expect(generatorProcesses).toBe(1);
  });

  test('leaves no process behind when it is stopped', async () => {
    await generator.run({ ...common(), connections: 40 });
    const pids = [generator.pid, ...childrenOf(generator.pid)];
    await generator.stop();
    expect(await someAlive(pids)).toBe(false);
  });
});

test('a generator refuses an invalid load with a message, and runs the next one', async () => {
  const generator = startGenerator();
  await expect(generator.run({ ...load, connections: 0 })).rejects.toThrow(/connections/);
  expect((await generator.run(load)).requests.ok).toBeGreaterThan(0);
  await generator.stop();
});

test('a load is rejected when its generator is killed', async () => {
  const generator = startGenerator();
  const result = generator.run({ ...load, windowSeconds: 30 }, () => {
    process.kill(generator.pid ?? Number.NaN, 'SIGKILL');
  });
  await expect(result).rejects.toThrow('the load generator was killed by SIGKILL');
  await expect(generator.run(load)).rejects.toThrow('the load generator was killed by SIGKILL');
});

test('a closed loop with more connections than open files allow is refused', async () => {
  const generator = startGenerator();
  await expect(generator.run({ ...load, connections: 10_000_000 })).rejects.toThrow(
    /10000000 connections need 10000100 open files, .* raise it with `ulimit -n 10000100`/,
  );
  await generator.stop();
});

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;
describeOnLinux('a generator with CPUs of its own (Linux only: needs taskset)', () => {
  test('runs on these CPUs', async () => {
    const generator = startGenerator({ cpus: [0] });
    await generator.run(load);
    const status = readFileSync(`/proc/${generator.pid}/status`, 'utf8');
    expect(/^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1]).toBe('0');
    await generator.stop();
  });

  test('reports CPUs that do not exist', async () => {
    const generator = startGenerator({ cpus: [9999] });
    await expect(generator.run(load)).rejects.toThrow(
      /the load generator exited with status 1:.*taskset/s,
    );
    await generator.stop();
  });
});

describeOnLinux('a process of several (Linux only: needs /proc)', () => {
  test('that is killed fails the load', async () => {
    const generator = startGenerator({ processes: 2 });
    const result = generator.run({ ...load, connections: 40 }, ({ type }) => {
      if (type !== 'window-started') return;
      for (const pid of childrenOf(generator.pid)) process.kill(pid, 'SIGKILL');
    });
    await expect(result).rejects.toThrow('the load generator was killed by SIGKILL');
    await generator.stop();
  });
});

test('all processes of a generator end when its runner is killed', async () => {
  const script = `
    import { startGenerator } from ${JSON.stringify(new URL('./generator.ts', import.meta.url).href)};
    const generator = startGenerator({ processes: 2 });
    const load = { ...${JSON.stringify(load)}, connections: 40, windowSeconds: 60 };
    await generator.run(load, ({ type }) => {
      if (type === 'window-started') console.log(generator.pid);
    });`;
  const runner = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = (await once(runner.stdout, 'data')) as [Buffer];
  const pid = Number(output.toString());
  const pids = [pid, ...childrenOf(pid)];
  expect(pids).toHaveLength(process.platform === 'linux' ? 2 : 1);
  expect(pids.every(isAlive)).toBe(true);
  runner.kill('SIGKILL');
  expect(await someAlive(pids)).toBe(false);
});
