import { once } from 'node:events';
import { extname } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Handler } from '../../workloads/runtime.ts';
import { appOfThisProcess } from '../app/app.ts';
import { bodyOf } from '../app/fetch-handler.ts';
import { type HostedHandler, loadHandler } from '../kit/hosted-handler.ts';
import { startBlockingThread } from './blocking-thread.ts';
import type { FetchModule, Outcome, Question } from './fetch-thread.ts';

/**
 * The handler that this process hosts, which blocks it until the answer is there: the worker would accept another
 * connection in the next turn of its event loop.
 */
export async function loadBlockingHandler(): Promise<HostedHandler> {
  const app = appOfThisProcess();
  if (app?.kind === 'fetch') return { handler: await inThread(app), isTraceable: false };
  const hosted = await loadHandler();
  return app ? { ...hosted, handler: withinTurn(hosted.handler) } : hosted;
}

const threadUrl = new URL(`./fetch-thread${extname(import.meta.filename)}`, import.meta.url);

/** A Fetch handler awaits what it likes, so it runs in a second thread, which this one waits for. */
async function inThread({ moduleUrl }: FetchModule): Promise<Handler> {
  const { thread, ask } = startBlockingThread<Question, Outcome>(threadUrl, { moduleUrl });
  await once(thread, 'message');
  return async (request) => {
    const { method, target, headers } = request;
    const outcome = ask({ method, target, headers, body: await bodyOf(request) });
    if (outcome === null) throw new Error('the thread of the handler has ended');
    if ('failure' in outcome) throw new Error(outcome.failure);
    return outcome;
  };
}

/** The runtime of prefork blocks, so a handler that uses nothing else is done with a request within a turn. */
const withinTurn =
  (handler: Handler): Handler =>
  (request, runtime) =>
    // The rest of a body may come in a later turn.
    request.method === 'POST'
      ? handler(request, runtime)
      : Promise.race([handler(request, runtime), tooLate()]);

async function tooLate(): Promise<never> {
  await turn();
  await turn();
  throw new Error(
    'prefork cannot block for what it awaits; await its runtime only, or export a Fetch handler',
  );
}
