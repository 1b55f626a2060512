import { Agent, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { TracedRequest, TracedRun } from '../../results/document/run-document.ts';
import { seededRandom, shuffled } from '../../results/statistics/random.ts';
import type { RequestClass } from '../../workloads/workload.ts';
import { getAndDrain } from './get-and-drain.ts';
import type { Session } from './session.ts';

const requestCount = 40;
/** Close enough together that a computation of a few ms makes others wait. */
const spacingMs = 1;
/** As long as the load generator waits for an answer. */
const usualPatienceMs = 10_000;

/**
 * Sends the same forty requests to a server, in the same order and at the same distances as to every other, and
 * asks where the time of each went.
 *
 * @returns null for a server that does not trace, which the wire contract leaves open to servers of one's own, and for
 * one that leaves a request unanswered: that is for measurements to count, and no reason to wait or to fail
 */
export async function traceRequests(
  { server, running, workload, plan }: Session,
  patienceMs = usualPatienceMs,
): Promise<TracedRun | null> {
  const agent = new Agent({ keepAlive: server.keepAlive, maxSockets: requestCount });
  const headers = { 'X-Trace': '1' };
  const ask: Ask = (path) =>
    getAndDrain(new URL(path, running.url), patienceMs, { agent, headers }).then(
      (answer) => answer.headers,
      () => null,
    );
  try {
    if (server.keepAlive) await openConnections(workload.classes, ask);
    const order = orderOf(workload.classes, plan.seed);
    const beganMs = performance.now();
    const requests = await Promise.all(
      order.map(async (requestClass, index) => {
        await delay(index * spacingMs);
        return traceRequest(requestClass, ask, beganMs);
      }),
    );
    const traced = requests.filter((one) => one !== null);
    const names = { server: server.name, workload: workload.workload.name };
    return traced.length === requestCount ? { ...names, requests: fromFirst(traced) } : null;
  } finally {
    agent.destroy();
  }
}

/** Connections are opened beforehand where the server keeps them, so that accepting them is not what is seen. */
async function openConnections(classes: readonly RequestClass[], ask: Ask) {
  const [any] = classes;
  if (!any) return;
  await Promise.all(Array.from({ length: requestCount }, () => ask(any.path)));
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
  ask: Ask,
  beganMs: number,
): Promise<TracedRequest | null> {
  const sentMs = performance.now() - beganMs;
  const headers = await ask(path);
  if (headers === null) return null;
  const answeredMs = performance.now() - beganMs;
  const timing = parseServerTiming(z.string().safeParse(headers['server-timing']).data ?? '');
  const served = parseWorker(headers);
  return timing && served && { class: name, sentMs, answeredMs, ...timing, ...served };
}

/** Gives the headers of an answer that came whole; null where none did in time. */
type Ask = (path: string) => Promise<IncomingHttpHeaders | null>;

const workerHeaders = z
  .object({ 'x-worker': z.string(), 'x-in-flight': z.coerce.number().int().positive() })
  .transform((headers) => ({ worker: headers['x-worker'], inFlight: headers['x-in-flight'] }));

/** Who served a request, and how many were in that process's hands; null when a header is missing or odd. */
export const parseWorker = (headers: IncomingHttpHeaders) =>
  workerHeaders.safeParse(headers).data ?? null;

/** Reads the three metrics of the wire contract from a Server-Timing header; null when one is missing. */
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
