import { allowedMethods, endpoints, queryParametersOf } from './endpoints.ts';
import { parseParameters } from './parameters.ts';
import { RequestError } from './request-error.ts';
import type { Body, Handler, Runtime, WorkRequest, WorkResponse } from './runtime.ts';
import type { Endpoint } from './workload.ts';

const byPath = new Map(endpoints.map((endpoint) => [`/${endpoint.name}`, endpoint]));

const answer = (status: number, body: Body): WorkResponse => ({ status, body });

/** The type of an answer, as the wire contract has it. */
export const contentType = (body: Body): string =>
  typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream';

/** The application that every model hosts: each workload under its own path, and `/healthz`. See docs/wire-contract.md. */
export const application: Handler = async (request, runtime) => {
  const { method, target } = request;
  const [path = ''] = target.split('?', 1);
  const endpoint = byPath.get(path);
  if (!endpoint && path !== '/healthz') return answer(404, 'not found\n');
  const allowed = allowedMethods(endpoint);
  if (!allowed.includes(method)) {
    return { ...answer(405, 'method not allowed\n'), headers: { Allow: allowed.join(', ') } };
  }
  return endpoint ? serveEndpoint(endpoint, request, runtime) : answer(200, 'ok\n');
};

const noBody = new Uint8Array();

/** An endpoint's answer to a request with an allowed method. */
export async function serveEndpoint(
  endpoint: Endpoint,
  { target, readBody }: Pick<WorkRequest, 'target' | 'readBody'>,
  runtime: Runtime,
): Promise<WorkResponse> {
  const { name, mostBodyBytes } = endpoint;
  const queryStart = target.indexOf('?');
  const query = queryStart < 0 ? '' : target.slice(queryStart + 1);
  try {
    const values = parseParameters(queryParametersOf(endpoint), `/${name}`, query);
    const body = mostBodyBytes === undefined ? noBody : await readBody(mostBodyBytes);
    return answer(200, await endpoint.handle(values, runtime, body));
  } catch (error) {
    if (error instanceof RequestError) return answer(error.status, `${error.message}\n`);
    throw error;
  }
}
