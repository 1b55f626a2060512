import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from '@jest/globals';
import type { FromMain, FromWorker } from './messages.ts';
import type { TaskDispatcher } from './task-dispatcher.ts';
import { connectWorkers } from './worker-channels.ts';

test.each(['worker first', 'main thread first'])(
  'a result sent before the worker thread ended counts, whichever message is read first (%s)',
  async (order) => {
    const calls: string[] = [];
    const dispatcher: Partial<TaskDispatcher> = {
      resolve: (slot, result) => void calls.push(`slot ${slot}: ${String(result)}`),
      rejectTakenBy: (worker, { message }) => void calls.push(`worker ${worker}: ${message}`),
    };
    const channels = [new MessageChannel(), new MessageChannel()] as const;
    const [main, worker] = order === 'worker first' ? channels.toReversed() : channels;
    if (!main || !worker) throw new Error('no channels');
    connectWorkers(dispatcher as TaskDispatcher, main.port2);
    const started: FromMain = { started: 7, port: worker.port1 };
    main.port1.postMessage(started, [worker.port1]);
    const ended = once(worker.port2, 'close');
    setImmediate(() => {
      worker.port2.postMessage({ slot: 3, result: 'done' } satisfies FromWorker);
      main.port1.postMessage({ ended: 7, reason: 'exited with code 1' } satisfies FromMain);
    });
    await ended;
    expect(calls).toEqual([
      'slot 3: done',
      'worker 7: the worker thread that computed it exited with code 1',
    ]);
    main.port1.close();
  },
);
