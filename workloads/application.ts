import { endpoints } from './endpoints.ts';
import { ParameterError, parseParameters } from './parameters.ts';
import type { Handler, WorkResponse } from './runtime.ts';

const byPath = new Map(endpoints.map((endpoint) => [`/${endpoint.name}`, endpoint]));

const text = (status: number, body: string): WorkResponse => ({ status, body });

/** The application that every model hosts: each workload under its own path, and `/healthz`. See docs/wire-contract.md. */
export const application: Handler = async ({ method, target }, runtime) => {
  const queryStart = target.indexOf('?');
  const path = queryStart < 0 ? target : target.slice(0, queryStart);
  const query = queryStart < 0 ? '' : target.slice(queryStart + 1);

  const endpoint = byPath.get(path);
  if (!endpoint && path !== '/healthz') return text(404, 'not found\n');
  if (method !== 'GET' && method !== 'HEAD') {
    return { ...text(405, 'method not allowed\n'), headers: { Allow: 'GET, HEAD' } };
  }
  if (!endpoint) return text(200, 'ok\n');
  try {
    const values = parseParameters(endpoint.parameters, path, query);
    return text(200, await endpoint.handle(values, runtime));
  } catch (error) {
    if (error instanceof ParameterError) return text(400, `${error.message}\n`);
    throw error;
  }
};
