import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import type { Body } from '../../workloads/runtime.ts';
import type { RunningServer, Server } from '../server.ts';

/** A server under check. */
export interface Subject {
  readonly server: Server;
  readonly url: string;
  readonly workers: number;
  /** The database with what the endpoints need. */
  readonly databaseUrl: string;
  /** Starts another instance, on a port of its own, with changes to its environment. */
  readonly start: (environment?: Readonly<Record<string, string>>) => Promise<RunningServer>;
}

/** One rule of the wire contract, and how to check that a server keeps it; rejects with an assertion error if not. */
export interface Check {
  readonly name: string;
  /** The endpoint that it is about; a server that does not serve it is not checked. */
  readonly endpoint?: string;
  /** Why the rule does not apply to a server; undefined if it does. */
  readonly skipReason?: (server: Server) => string | undefined;
  run(subject: Subject): Promise<void>;
}

/** Why a check does not apply to a server; undefined if it does. */
export function skipReasonOf({ endpoint, skipReason }: Check, server: Server): string | undefined {
  const isServed = endpoint === undefined || (server.serves?.includes(endpoint) ?? true);
  return isServed ? skipReason?.(server) : `it does not serve /${endpoint}`;
}

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request's body. */
  readonly sent?: Body;
  readonly agent?: Agent;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: Buffer;
  /** Whether the connection had carried an answer before. */
  readonly reused: boolean;
}

/** Sends a request: over a connection of its own, unless given an agent. */
export async function ask(
  url: string,
  target: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const {
    method = 'GET',
    headers = {},
    agent = new Agent({ keepAlive: true, maxSockets: 1 }),
  } = options;
  const { hostname, port } = new URL(url);
  const sent = request({ hostname, port, path: target, method, headers, agent }).end(options.sent);
  const [response]: [IncomingMessage] = (await once(sent, 'response')) as [IncomingMessage];
  const bytes = Buffer.concat(await response.toArray());
  if (agent !== options.agent) agent.destroy();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: bytes.toString(),
    bytes,
    reused: sent.reusedSocket,
  };
}

/** Sends bytes over a connection of their own, and reads until the server closes it. */
export async function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.write(text);
  return (await socket.toArray()).join('');
}

export interface Expected extends RequestOptions {
  readonly target: string;
  readonly status: number;
  readonly body: Body;
  /** The methods that an answer with status 405 names. */
  readonly allow?: string;
}

/** Sends a request, and compares the answer with the expected one and with the contract's rules for every answer. */
export async function expectAnswer(url: string, expected: Expected): Promise<Answer> {
  const { target, method = 'GET', status, body, allow = 'GET, HEAD' } = expected;
  const answer = await ask(url, target, expected);
  const isText = typeof body === 'string';
  const seen = {
    status: answer.status,
    body: isText ? answer.body : answer.bytes.toString('hex'),
    type: answer.headers['content-type'],
    length: answer.headers['content-length'],
    coding: answer.headers['transfer-encoding'],
    allow: answer.headers.allow,
  };
  const wanted: typeof seen = {
    status,
    body: isText ? body : Buffer.from(body).toString('hex'),
    type: isText ? 'text/plain; charset=utf-8' : 'application/octet-stream',
    length: String(Buffer.byteLength(body)),
    coding: undefined,
    allow: status === 405 ? allow : undefined,
  };
  assert.deepEqual(seen, wanted, `${method} ${target} is answered with ${JSON.stringify(seen)}`);
  return answer;
}
