import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGenerator } from './generator.ts';
import type { ClosedLoad } from './load.ts';

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

test('a generator ends when its runner is killed', async () => {
  const script = `
    import { startGenerator } from ${JSON.stringify(new URL('./generator.ts', import.meta.url).href)};
    const generator = startGenerator();
    console.log(generator.pid);
    await generator.run({ ...${JSON.stringify(load)}, windowSeconds: 60 });`;
  const runner = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = (await once(runner.stdout, 'data')) as [Buffer];
  const pid = Number(output.toString());
  expect(isAlive(pid)).toBe(true);
  runner.kill('SIGKILL');
  for (let tries = 0; isAlive(pid) && tries < 200; tries++) await sleep(20);
  expect(isAlive(pid)).toBe(false);
});
