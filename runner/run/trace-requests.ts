import { Agent, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { TracedRequest, TracedRun } from '../../results/document/run-document.ts';
import { seededRandom, shuffled } from '../../results/statistics/random.ts';
import type { RequestClass } from '../../workloads/workload.ts';
import { getAndDrain } from '../load/get-and-drain.ts';
import type { Session } from './session.ts';

const requestCount = 40;
/** Close enough together that a computation of a few ms makes others wait. */
const spacingMs = 1;
/** The time limit for an answer, as for the load generator. */
const usualTimeoutMs = 10_000;

/**
 * Sends the same forty requests to a server, in the same order and with the same spacing as to every other, and
 * reads where the time of each went.
 *
 * @returns null for a server that does not trace, which the wire contract permits, and for
 * one that leaves a request unanswered: measurements count such requests, and the run goes on
 */
export async function traceRequests(
  { server, running, workload, plan }: Session,
  timeoutMs = usualTimeoutMs,
): Promise<TracedRun | null> {
  const agent = new Agent({ keepAlive: server.keepAlive, maxSockets: requestCount });
  const headers = { 'X-Trace': '1' };
  const send: Send = (path) =>
    getAndDrain(new URL(path, running.url), timeoutMs, { agent, headers }).then(
      (answer) => answer.headers,
      () => null,
    );
  try {
    if (server.keepAlive) await openConnections(workload.classes, send);
    const order = orderOf(workload.classes, plan.seed);
    const startedMs = performance.now();
    const requests = await Promise.all(
      order.map(async (requestClass, index) => {
        await delay(index * spacingMs);
        return traceRequest(requestClass, send, startedMs);
      }),
    );
    const traced = requests.filter((one) => one !== null);
    const names = { server: server.name, workload: workload.name };
    return traced.length === requestCount ? { ...names, requests: fromFirst(traced) } : null;
  } finally {
    agent.destroy();
  }
}

/** Opens connections beforehand if the server keeps them open, so that traces do not show how they are accepted. */
async function openConnections(classes: readonly RequestClass[], send: Send) {
  const [any] = classes;
  if (!any) return;
  await Promise.all(Array.from({ length: requestCount }, () => send(any.path)));
}

function orderOf(classes: readonly RequestClass[], seed: number): RequestClass[] {
  const total = classes.reduce((sum, { weight }) => sum + weight, 0);
  const repeated = classes.flatMap((requestClass) =>
    Array.from(
      { length: Math.ceil((requestCount * requestClass.weight) / total) },
      () => requestClass,
    ),
  );
  return shuffled(repeated, seededRandom(seed, 'traced requests')).slice(0, requestCount);
}

async function traceRequest(
  { name, path }: RequestClass,
  send: Send,
  startedMs: number,
): Promise<TracedRequest | null> {
  const sentMs = performance.now() - startedMs;
  const headers = await send(path);
  if (headers === null) return null;
  const answeredMs = performance.now() - startedMs;
  const timing = parseServerTiming(z.string().safeParse(headers['server-timing']).data ?? '');
  const served = parseWorker(headers);
  return timing && served && { class: name, sentMs, answeredMs, ...timing, ...served };
}

/** Resolves with the headers of a complete answer; null if there was none in time. */
type Send = (path: string) => Promise<IncomingHttpHeaders | null>;

const workerHeaders = z
  .object({ 'x-worker': z.string(), 'x-in-flight': z.coerce.number().int().positive() })
  .transform((headers) => ({ worker: headers['x-worker'], inFlight: headers['x-in-flight'] }));

/** The worker that served a request, and the requests in flight in its process; null if a header is missing or invalid. */
export const parseWorker = (headers: IncomingHttpHeaders) =>
  workerHeaders.safeParse(headers).data ?? null;

/** Reads the three metrics of the wire contract from a Server-Timing header; null if one is missing. */
export function parseServerTiming(header: string) {
  const durationOf = (name: string) => {
    const match = new RegExp(`(?:^|[\\s,])${name};dur=(\\d+(?:\\.\\d+)?)`).exec(header);
    return match ? Number(match[1]) : null;
  };
  const [queueMs, waitMs, computeMs] = ['queue', 'wait', 'compute'].map(durationOf);
  if (queueMs == null || waitMs == null || computeMs == null) return null;
  return { queueMs, waitMs, computeMs };
}

function fromFirst(requests: readonly TracedRequest[]): TracedRequest[] {
  const first = Math.min(...requests.map(({ sentMs }) => sentMs));
  return requests.map((one) => ({
    ...one,
    sentMs: one.sentMs - first,
    answeredMs: one.answeredMs - first,
  }));
}
