import { mostBodyBytes } from '../../workloads/endpoints.ts';
import type { WorkRequest, WorkResponse } from '../../workloads/runtime.ts';

/** A handler by the Fetch standard, which frameworks such as Hono have as `app.fetch`. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/** The body of a request that may have one; null for other methods. */
export const bodyOf = async ({ method, readBody }: WorkRequest) =>
  method === 'GET' || method === 'HEAD' ? null : await readBody(mostBodyBytes);

/** Turns a Fetch handler into one of ours, which needs nothing from its runtime. */
export function fromFetch(fetch: FetchHandler): (request: WorkRequest) => Promise<WorkResponse> {
  return async (request) => {
    const { method, target, headers } = request;
    const init = { method, headers: pairsOf(headers), body: await bodyOf(request) };
    const response: unknown = await fetch(
      new Request(`http://${String(headers['host'] ?? 'localhost')}${target}`, init),
    );
    if (!(response instanceof Response)) {
      throw new TypeError('a Fetch handler must return a Response');
    }
    const cookies = response.headers.getSetCookie();
    return {
      status: response.status,
      body: new Uint8Array(await response.arrayBuffer()),
      headers: {
        ...Object.fromEntries(response.headers),
        ...(cookies.length > 0 && { 'set-cookie': cookies }),
      },
    };
  };
}

function pairsOf(headers: WorkRequest['headers']): [string, string][] {
  return Object.entries(headers).flatMap(([name, values = []]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
}
