import { expect, test } from '@jest/globals';
import { RunError } from '../errors.ts';
import { processesOf } from '../machine/local-machine.ts';
import { measureClosedLoop } from './measure.ts';
import type { Session } from './session.ts';

test('work that goes on after its server has died loads nothing', async () => {
  const over = new AbortController();
  let loads = 0;
  const session = {
    running: { url: 'http://127.0.0.1:1', processes: processesOf(null, { read: () => [] }) },
    server: { keepAlive: true },
    plan: { connections: 1 },
    workload: { classes: [] },
    generator: { pid: null, run: () => Promise.reject(new Error(`load ${++loads}`)) },
    over: over.signal,
    emit: () => undefined,
  } as unknown as Session;
  await expect(measureClosedLoop(session)).rejects.toThrow('load 1');
  over.abort(new RunError('the server is no longer measured'));
  await expect(measureClosedLoop(session)).rejects.toThrow('the server is no longer measured');
  expect(loads).toBe(1);
});
