import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import {
  requestTimeoutSeconds,
  type TracedRequest,
  type TracedRun,
} from '../../results/document/run-document.ts';
import type { RequestClass } from '../../workloads/workload.ts';
import { agentFor, sendAndDrain } from '../load/send-and-drain.ts';
import type { Session } from './session.ts';

const requestCount = 40;
/** Close enough together that a computation of a few ms makes others wait. */
const spacingMs = 1;

/**
 * Sends the same forty requests to a server, in the same order and with the same spacing as to every other, and
 * reads where the time of each went.
 *
 * @returns null for a server that does not trace, which the wire contract permits, and for
 * one that leaves a request unanswered: measurements count such requests, and the run goes on
 */
export async function traceRequests(
  { server, running, workload }: Session,
  timeoutMs = 1000 * requestTimeoutSeconds,
): Promise<TracedRun | null> {
  const agent = agentFor(running, { keepAlive: server.keepAlive, maxSockets: requestCount });
  /** Resolves with the headers of a complete answer; null if there was none in time. */
  const send = ({ path, headers, ...sent }: Pick<RequestClass, 'path' | 'headers'>) =>
    sendAndDrain(running, timeoutMs, {
      ...sent,
      path,
      agent,
      headers: { ...headers, 'X-Trace': '1' },
    }).then(
      (answer) => answer.headers,
      () => null,
    );
  let firstSentMs: number | undefined;
  const trace = async (request: RequestClass, index: number): Promise<TracedRequest | null> => {
    await delay(index * spacingMs);
    const sentMs = performance.now();
    firstSentMs ??= sentMs;
    const answer = await send(request);
    const times = { sentMs: sentMs - firstSentMs, answeredMs: performance.now() - firstSentMs };
    const parsed = answer && parseTrace(answer);
    return parsed && { class: request.name, ...times, ...parsed };
  };
  const order = tracedOrder(workload.classes);
  try {
    // Connections that stay open are opened beforehand, so that traces do not show how they are accepted.
    if (server.keepAlive) await Promise.all(order.map(() => send(order[0] ?? { path: '/' })));
    const traced = (await Promise.all(order.map(trace))).filter((one) => one !== null);
    if (traced.length < requestCount) return null;
    return { server: server.name, workload: workload.name, requests: traced };
  } finally {
    agent.destroy();
  }
}

/**
 * The order of the traced requests: each class as often as its weight says, but at least once, and evenly spread. Next
 * is the class that is furthest behind its share; a rare class comes in the middle of its interval, so that requests of
 * other classes come before and after it.
 */
export function tracedOrder<Class extends { readonly weight: number }>(
  classes: readonly Class[],
): Class[] {
  const total = classes.reduce((sum, { weight }) => sum + weight, 0);
  const shares = classes.map((requestClass) => ({
    requestClass,
    share: Math.max(requestClass.weight / total, 1 / requestCount),
    behind: 0.5,
  }));
  return Array.from({ length: requestCount }, () => {
    for (const one of shares) one.behind += one.share;
    const next = shares.reduce((most, one) => (one.behind > most.behind ? one : most));
    next.behind -= 1;
    return next.requestClass;
  });
}

const durationMs = z.coerce.number().nonnegative();
const traceSchema = z.object({
  queueMs: durationMs,
  waitMs: durationMs,
  computeMs: durationMs,
  worker: z.string(),
  inFlight: z.coerce.number().int().positive(),
});

/** Reads the headers of a traced answer by the wire contract; null if a value is missing or invalid. */
export function parseTrace(headers: IncomingHttpHeaders) {
  const metric = (name: string) =>
    new RegExp(`(?:^|[\\s,])${name};dur=(\\d+(?:\\.\\d+)?)`).exec(
      String(headers['server-timing']),
    )?.[1];
  const trace = traceSchema.safeParse({
    queueMs: metric('queue'),
    waitMs: metric('wait'),
    computeMs: metric('compute'),
    worker: headers['x-worker'],
    inFlight: headers['x-in-flight'],
  });
  return trace.data ?? null;
}
