import { describe, expect, test } from '@jest/globals';
import { InterruptedError } from '../errors.ts';
import type { ConfiguredServer } from '../plan/plan.ts';
import { BlockServers } from './block-servers.ts';
import type { LaunchedServer } from './launched-server.ts';

const server = (name: string) => ({ name }) as ConfiguredServer;
const use = (name: string, purpose: 'comparison' | 'control' = 'comparison') => ({
  server: server(name),
  purpose,
});

/** Servers whose launches and stops are noted. Where a launch fails, `fails` gives its error. */
function blockServers(fails: (name: string, launch: number) => Error | null = () => null) {
  const launched: string[] = [];
  const stopped: string[] = [];
  const servers = new BlockServers(async ({ name }) => {
    launched.push(name);
    const error = fails(name, launched.filter((one) => one === name).length);
    if (error) throw error;
    const running = { url: '', processes: { comesToRest: async () => true } };
    return { running, close: async () => void stopped.push(name) } as unknown as LaunchedServer;
  });
  return { servers, launched, stopped };
}

const reasonOf = (launch: Promise<unknown>) =>
  launch.then(
    () => 'started',
    (error: Error) => error.message,
  );

test('all servers of a block are stopped, although one cannot be', async () => {
  const stopped: string[] = [];
  const servers = new BlockServers(async ({ name }) => {
    const close = async () => {
      if (name === 'a') throw new Error('a does not end');
      await new Promise((resolve) => setImmediate(resolve));
      stopped.push(name);
    };
    return { close } as unknown as LaunchedServer;
  });
  await servers.start([use('a'), use('b')]);
  await expect(servers.stopAll()).rejects.toThrow('a does not end');
  expect(stopped).toEqual(['b']);
});

describe('the servers of a block', () => {
  test('are started once for all workloads, a control in a process of its own', async () => {
    const { servers, launched, stopped } = blockServers();
    await servers.start([use('a'), use('b'), use('a', 'control'), use('a')]);
    expect(launched).toEqual(['a', 'b', 'a']);
    await servers.serverFor(use('a'));
    await servers.release(use('a'));
    await servers.serverFor(use('a'));
    expect(launched).toEqual(['a', 'b', 'a']);
    expect(await servers.running()).toHaveLength(3);
    await servers.stopAll();
    expect(await servers.running()).toEqual([]);
    expect(stopped.toSorted()).toEqual(['a', 'a', 'b']);
  });

  test('are started again when they failed under a workload, and in the next block', async () => {
    const { servers, launched } = blockServers();
    await servers.start([use('a'), use('b')]);
    await servers.stop(use('a'));
    await servers.serverFor(use('a'));
    expect(launched).toEqual(['a', 'b', 'a']);
    await servers.stopAll();
    await servers.start([use('a'), use('b')]);
    expect(launched).toEqual(['a', 'b', 'a', 'a', 'b']);
  });

  test('are not started again after two failed launches, and say why', async () => {
    const { servers, launched } = blockServers((name, launch) =>
      name === 'bad' ? new Error(`no config (${launch})`) : null,
    );
    for (const reason of ['no config (1)', 'no config (2)']) {
      await servers.start([use('bad'), use('good')]);
      expect(await reasonOf(servers.serverFor(use('bad')))).toBe(reason);
      await servers.stop(use('bad'));
    }
    for (const _ of [3, 4]) {
      expect(await reasonOf(servers.serverFor(use('bad')))).toBe(
        'not started again after 2 failed launches; the last: no config (2)',
      );
      await servers.stop(use('bad'));
    }
    expect(launched).toEqual(['bad', 'good', 'bad']);
  });

  test('have not failed when the run is interrupted', async () => {
    const { servers, launched } = blockServers(() => new InterruptedError('interrupted'));
    for (const _ of [1, 2, 3]) {
      expect(await reasonOf(servers.serverFor(use('a')))).toBe('interrupted');
      await servers.stop(use('a'));
    }
    expect(launched).toEqual(['a', 'a', 'a']);
  });
});
