import { endpoints } from './endpoints.ts';
import { ParameterError, parseParameters } from './parameters.ts';
import type { Body, Handler, WorkResponse } from './runtime.ts';

const byPath = new Map(endpoints.map((endpoint) => [`/${endpoint.name}`, endpoint]));

const answer = (status: number, body: Body): WorkResponse => ({ status, body });

/** The type of an answer, as the wire contract has it. */
export const contentType = (body: Body): string =>
  typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream';

/** The application that every model hosts: each workload under its own path, and `/healthz`. See docs/wire-contract.md. */
export const application: Handler = async ({ method, target }, runtime) => {
  const queryStart = target.indexOf('?');
  const path = queryStart < 0 ? target : target.slice(0, queryStart);
  const query = queryStart < 0 ? '' : target.slice(queryStart + 1);

  const endpoint = byPath.get(path);
  if (!endpoint && path !== '/healthz') return answer(404, 'not found\n');
  if (method !== 'GET' && method !== 'HEAD') {
    return { ...answer(405, 'method not allowed\n'), headers: { Allow: 'GET, HEAD' } };
  }
  if (!endpoint) return answer(200, 'ok\n');
  try {
    const values = parseParameters(endpoint.parameters, path, query);
    return answer(200, await endpoint.handle(values, runtime));
  } catch (error) {
    if (error instanceof ParameterError) return answer(400, `${error.message}\n`);
    throw error;
  }
};
