import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from '@jest/globals';
import { linkWithCrew } from './crew-link.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { FromWorker, ToNetpoller } from './messages.ts';

test.each(['worker first', 'main thread first'])(
  'what a worker answered before it ended counts, whichever news is read first (%s)',
  async (order) => {
    const heard: string[] = [];
    const dispatcher: Partial<Dispatcher> = {
      resolve: (slot, result) => void heard.push(`slot ${slot}: ${String(result)}`),
      rejectTakenBy: (worker, { message }) => void heard.push(`worker ${worker}: ${message}`),
    };
    const channels = [new MessageChannel(), new MessageChannel()] as const;
    const [main, worker] = order === 'worker first' ? channels.toReversed() : channels;
    if (!main || !worker) throw new Error('no channels');
    linkWithCrew(dispatcher as Dispatcher, main.port2);
    const hired: ToNetpoller = { hired: 7, port: worker.port1 };
    main.port1.postMessage(hired, [worker.port1]);
    const ended = once(worker.port2, 'close');
    setImmediate(() => {
      worker.port2.postMessage({ slot: 3, result: 'done' } satisfies FromWorker);
      main.port1.postMessage({ ended: 7, reason: 'exited with code 1' } satisfies ToNetpoller);
    });
    await ended;
    expect(heard).toEqual([
      'slot 3: done',
      'worker 7: the worker thread that computed it exited with code 1',
    ]);
    main.port1.close();
  },
);
