import type { Handler, WorkRequest, WorkResponse } from '../../workloads/runtime.ts';
import { type FetchHandler, fromFetch } from './fetch-handler.ts';

/** What a module of the user's own exports; a Fetch handler needs nothing from a runtime. */
type ImportedApp =
  | { readonly kind: 'handler'; readonly handler: Handler }
  | {
      readonly kind: 'fetch';
      readonly handler: (request: WorkRequest) => Promise<WorkResponse>;
    };

/** @throws TypeError if the module exports no handler, or two; whatever else loading it throws */
export async function importApp(moduleUrl: string): Promise<ImportedApp> {
  const { handler, default: standard }: Record<string, unknown> = await import(moduleUrl);
  const fetch = fetchHandlerIn(standard);
  if (isFunction<Handler>(handler)) {
    if (fetch)
      throw new TypeError('it exports both a `handler` and a Fetch handler; leave one out');
    return { kind: 'handler', handler: hosted(handler) };
  }
  if (fetch) return { kind: 'fetch', handler: hosted(fromFetch(fetch)) };
  throw new TypeError(
    'it must export a function named `handler`, or a Fetch handler by default: a function, or an object with the method fetch',
  );
}

function fetchHandlerIn(value: unknown): FetchHandler | null {
  if (has(value, 'fetch') && isFunction<FetchHandler>(value.fetch)) return value.fetch.bind(value);
  if (!isFunction<FetchHandler>(value)) return null;
  if (has(value, 'listen')) {
    throw new TypeError(
      'its default export is a server, not a Fetch handler; measure it with --exec',
    );
  }
  return value;
}

/** What a function takes and returns shows only when it is called. */
const isFunction = <Wanted extends (...values: never) => unknown>(
  value: unknown,
): value is Wanted => typeof value === 'function';

const has = <Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> =>
  (typeof value === 'object' || typeof value === 'function') && value !== null && name in value;

/** A handler as a server needs it: `/healthz` is the server's own, and whatever goes wrong in the handler rejects. */
const hosted =
  <More extends unknown[]>(
    handler: (request: WorkRequest, ...more: More) => Promise<WorkResponse>,
  ) =>
  async (request: WorkRequest, ...more: More): Promise<WorkResponse> => {
    if (request.target === '/healthz') return { status: 200, body: 'ok\n' };
    const answer: unknown = await handler(request, ...more);
    if (isAnswer(answer)) return answer;
    throw new TypeError('an answer must be { status, body }: a number, and a string or bytes');
  };

const isAnswer = (value: unknown): value is WorkResponse =>
  has(value, 'status') &&
  Number.isInteger(value.status) &&
  has(value, 'body') &&
  (typeof value.body === 'string' || value.body instanceof Uint8Array);
