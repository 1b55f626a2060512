import assert from 'node:assert/strict';
import { groupIsAlive } from '../launch/process-group.ts';
import { type Check, expectAnswer } from './check.ts';

/** How a server ends. */
export const lifecycleChecks: readonly Check[] = [
  {
    name: 'answers the request that it has when told to stop, exits with status 0, and leaves no process',
    async run({ start }) {
      const running = await start();
      const expected = { target: '/io?ms=700', status: 200, body: 'waited 700 ms\n' };
      const inFlight = expectAnswer(running.url, expected);
      // Answered only after the other has been accepted, whether or not there is a second worker to do so.
      await expectAnswer(running.url, { target: '/hello', status: 200, body: 'hello, world\n' });
      await Promise.all([inFlight, running.stop()]);
      assert.deepEqual(await running.exited, { code: 0, signal: null }, running.outputTail());
      assert.equal(groupIsAlive(running.pid), false, 'a process of its group is left');
    },
  },
];
