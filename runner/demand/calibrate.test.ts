import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { InterruptedError } from '../errors.ts';
import { processesOf } from '../machine/local-machine.ts';
import { planRun, runFlagsSchema } from '../plan/run-options.ts';
import { calibrateDemand, type WithWarmServer } from './calibrate.ts';

const plan = planRun(
  runFlagsSchema.parse({ fairness: 'demand', model: 'pool,prefork', workload: 'cpu,mixed' }),
);

/** Lets every server be played by this process, which answers at once; the named one does not answer. */
function played(silent?: string): WithWarmServer {
  return async (server, _, work) => {
    const http = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
    await once(http, 'listening');
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const close = () => {
      http.close();
      http.closeAllConnections();
    };
    if (server.name === silent) close();
    await work({ url, processes: processesOf(process.pid, { read: () => [] }) }).finally(close);
  };
}

const calibrate = async (withWarmServer: WithWarmServer) => {
  const reported: unknown[] = [];
  const results = await calibrateDemand(plan, withWarmServer, (one) => reported.push(one));
  expect(reported).toEqual(results);
  return results.map(({ server, workload, reason }) => ({ server, workload, reason }));
};

test('when the target cannot be measured, every server gets the planned request with the reason', async () => {
  const results = await calibrate(played('pool'));
  expect(results).toHaveLength(4);
  for (const { reason } of results) {
    expect(reason).toMatch(
      /^pool, which sets the target, could not be measured: GET \/cpu\?n=27 failed: /,
    );
  }
});

test('when another server cannot be measured, its reason names its request', async () => {
  const results = await calibrate(played('prefork'));
  expect(results.map(({ server, workload }) => [server, workload])).toEqual([
    ['pool', 'cpu'],
    ['pool', 'mixed'],
    ['prefork', 'cpu'],
    ['prefork', 'mixed'],
  ]);
  const [first, second, ...others] = results.map(({ reason }) => reason);
  expect([first, second]).toEqual([null, null]);
  for (const reason of others) expect(reason).toMatch(/^GET \/cpu\?n=10 failed: /);
});

test('an interrupt is passed on', async () => {
  await expect(
    calibrate(() => Promise.reject(new InterruptedError('the run was interrupted'))),
  ).rejects.toThrow(InterruptedError);
});
