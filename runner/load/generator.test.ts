import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a generator runs several loads in one process, and tells of each', async () => {
  const generator = startGenerator();
  const told: string[] = [];
  for (let round = 0; round < 2; round++) {
    const { requests } = await generator.run(load, (event) => void told.push(event.type));
    expect(requests.ok).toBe(requests.sent);
    expect(requests.sent).toBeGreaterThan(0);
  }
  expect(told.filter((type) => type === 'window-ended')).toHaveLength(2);
  await generator.stop();
  expect(isAlive(generator.pid)).toBe(false);
});

test('a load that makes no sense is refused in words, and the generator lives on', async () => {
  const generator = startGenerator();
  await expect(generator.run({ ...load, connections: 0 })).rejects.toThrow(/connections/);
  expect((await generator.run(load)).requests.ok).toBeGreaterThan(0);
  await generator.stop();
});

test('a generator that is killed says so to whoever waits for it', async () => {
  const generator = startGenerator();
  const result = generator.run({ ...load, windowSeconds: 30 }, () => {
    process.kill(generator.pid, 'SIGKILL');
  });
  await expect(result).rejects.toThrow('the load generator ended early (killed by SIGKILL)');
  await expect(generator.run(load)).rejects.toThrow('the load generator ended early');
});
