import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { systemErrorInWords } from '../../servers/launch/diagnostics.ts';
import type { Body } from '../../workloads/runtime.ts';
import type { RequestClass } from '../../workloads/workload.ts';
import { UsageError } from '../errors.ts';
import { methodOf } from '../load/request-messages.ts';
import { bodyWithValues, masked, readVariables, withValues } from '../secrets.ts';
import { usualObjective } from './objectives.ts';
import type { ConfiguredWorkload } from './plan.ts';
import { type Request, requestTo } from './requests.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * The requests that custom servers get, as one workload: a class for each, in their order.
 *
 * @param shared headers of all requests; those of a request itself come first
 * @throws UsageError for a body file that cannot be read
 */
export function requestWorkload(
  requests: readonly Request[],
  shared: Headers,
  owners: readonly string[],
): ConfiguredWorkload {
  const classes = requests.map((request) => requestClassOf(request, shared));
  const names = distinct(classes.map(({ name }) => name));
  const [name = '', ...others] = names;
  return {
    name: others.length > 0 ? 'requests' : name,
    summary: `${names.join(', ')} on your server`,
    definition: null,
    isUnknown: true,
    servers: owners,
    sweptServers: [],
    parameters: {},
    classes: classes.map((one, index) => ({ ...one, name: names[index] ?? one.name })),
    objectives: [usualObjective],
  };
}

/** The one path of custom servers for which no more is said; any 2xx is a good answer. */
export function pathWorkload(
  path: string,
  headers: Headers,
  owners: readonly string[],
): ConfiguredWorkload {
  const workload = requestWorkload([requestTo(path, 'the path')], headers, owners);
  return { ...workload, summary: `GET ${path} on your server` };
}

function requestClassOf(request: Request, shared: Headers): RequestClass {
  const { path, weight, method, status, contains, bodyFile } = request;
  const body = bodyFile === undefined ? request.body : readBody(bodyFile);
  const headers = mergedHeaders(shared, request.headers ?? {});
  const sent = {
    path,
    ...(method !== undefined && { method }),
    ...(body !== undefined && { body }),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
  return {
    ...sent,
    name: masked(request.name ?? `${methodOf(sent)} ${path}`),
    weight,
    expectedBody: null,
    ...(status !== undefined && { expectedStatus: status }),
    ...(contains !== undefined && { expectedText: contains }),
    waitMs: 0,
  };
}

function mergedHeaders(shared: Headers, own: Headers): Headers {
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const kept = Object.entries(shared).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...own };
}

function readBody(file: string): Body {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UsageError(
      `the body ${file} cannot be read: ${systemErrorInWords(error)}.`,
      '--request',
    );
  }
  if (!isUtf8(bytes)) return Uint8Array.from(bytes);
  const text = bytes.toString();
  const problem = readVariables(text);
  if (problem !== null) throw new UsageError(`the body ${file} ${problem}.`, '--request');
  return text;
}

/** A name that occurs again gets a number: `POST /orders (2)`. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let number = 2; taken.has(own); number += 1) own = `${name} (${number})`;
    taken.add(own);
    return own;
  });
}

/** A request with the values of its environment variables: only for sending it, and never to be written. */
export function withSecrets(requestClass: RequestClass): RequestClass {
  const { path, headers = {}, body } = requestClass;
  return {
    ...requestClass,
    path: withValues(path),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, withValues(value)]),
    ),
    ...(body !== undefined && { body: typeof body === 'string' ? bodyWithValues(body) : body }),
  };
}
