import { setTimeout as sleep } from 'node:timers/promises';
import { type ArrivalSchedule, arrivalSchedule } from './arrival-schedule.ts';
import { connectionsPossible } from './connection-limit.ts';
import { ConnectionPool } from './connection-pool.ts';
import type { HttpConnection } from './http-connection.ts';
import type { LoadGenerator, OpenLoad } from './load.ts';
import { Pacer } from './pacer.ts';
import { type RequestMessage, requestMessages } from './request-message.ts';
import { sweepExpired } from './sweep.ts';
import { Tally, type TrackedRequest } from './tally.ts';
import { followWindow } from './window.ts';

/** Between the end of all preparation and the first arrival. */
const leadMs = 20;

/** Sends requests at times fixed beforehand, whether the ones before are answered or not. */
export const openLoop: LoadGenerator<OpenLoad> = async (load, tell) => {
  const schedule = arrivalSchedule({
    ...load,
    seconds: load.warmupSeconds + load.windowSeconds,
    weights: load.classes.map(({ weight }) => weight),
  });
  const pacer = await Pacer.create(schedule.offsetsMs);
  const startMs = performance.now() + leadMs;
  const windowStartMs = startMs + load.warmupSeconds * 1000;
  const window = { startMs: windowStartMs, endMs: windowStartMs + load.windowSeconds * 1000 };
  const limit = Math.min(load.maxConnections, connectionsPossible());
  const tally = new Tally(load, window, limit);
  const loop = new OpenLoop(load, schedule, startMs, limit, tally, pacer);
  const endSweep = sweepExpired(() => loop.expire());
  try {
    pacer.start(startMs, () => loop.dispatch());
    await followWindow(window, () => tally.completed, tell);
    while (loop.outstanding > 0) await sleep(5);
  } finally {
    endSweep();
    await pacer.stop();
    loop.end();
  }
  return tally.summarise();
};

interface OpenRequest extends TrackedRequest {
  readonly intendedMs: number;
  connection: HttpConnection<OpenRequest> | null;
}

class OpenLoop {
  readonly #timeoutMs: number;
  readonly #messages: readonly RequestMessage[];
  readonly #schedule: ArrivalSchedule;
  readonly #startMs: number;
  readonly #tally: Tally;
  readonly #pacer: Pacer;
  readonly #pool: ConnectionPool<OpenRequest>;
  /** Ascending by time, as requests are added when they are due. */
  readonly #outstanding = new Set<OpenRequest>();
  /** Requests that found all connections busy; some may have timed out meanwhile. */
  readonly #waiting = new Set<OpenRequest>();
  #next = 0;

  constructor(
    load: OpenLoad,
    schedule: ArrivalSchedule,
    startMs: number,
    connectionLimit: number,
    tally: Tally,
    pacer: Pacer,
  ) {
    this.#timeoutMs = load.timeoutSeconds * 1000;
    this.#messages = requestMessages(load);
    this.#schedule = schedule;
    this.#startMs = startMs;
    this.#tally = tally;
    this.#pacer = pacer;
    this.#pool = new ConnectionPool(load.host, load.port, connectionLimit, {
      answered: (connection, request, status, bodyMatches) => {
        const nowMs = performance.now();
        this.#outstanding.delete(request);
        if (nowMs - request.intendedMs >= this.#timeoutMs) this.#tally.timedOut(request, nowMs);
        else this.#tally.answered(request, nowMs, status, bodyMatches);
        this.#continue(connection);
      },
      lost: (connection, request, reason) => {
        if (request) {
          this.#outstanding.delete(request);
          this.#tally.failed(request, performance.now(), reason);
        }
        this.#continue(connection);
      },
    });
  }

  get outstanding(): number {
    return this.#outstanding.size;
  }

  /** Sends all that is due. */
  dispatch(): void {
    const { offsetsMs, classIndices } = this.#schedule;
    for (;;) {
      const offsetMs = offsetsMs[this.#next];
      const nowMs = performance.now();
      if (offsetMs === undefined || this.#startMs + offsetMs > nowMs) break;
      const classIndex = classIndices[this.#next] as number;
      this.#next += 1;
      const intendedMs = this.#startMs + offsetMs;
      const request = { classIndex, intendedMs, sentMs: nowMs, connection: null };
      this.#outstanding.add(request);
      this.#tally.started(request);
      this.#tally.dispatched(intendedMs, nowMs);
      if (!this.#send(request, nowMs)) {
        this.#waiting.add(request);
        this.#tally.waits(intendedMs);
      }
    }
    this.#pacer.dispatched(this.#next);
  }

  /** Gives up requests that have not been answered in time, sent or not. */
  expire(): void {
    const nowMs = performance.now();
    for (const request of this.#outstanding) {
      if (nowMs - request.intendedMs < this.#timeoutMs) break;
      this.#outstanding.delete(request);
      this.#waiting.delete(request);
      if (request.connection) this.#pool.drop(request.connection);
      this.#tally.timedOut(request, nowMs);
    }
    this.#sendWaiting();
  }

  end(): void {
    this.#tally.connectionsOpened = this.#pool.opened;
    this.#pool.destroy();
  }

  #continue(connection: HttpConnection<OpenRequest>): void {
    this.#pool.giveBack(connection);
    this.#sendWaiting();
    this.dispatch();
  }

  #sendWaiting(): void {
    for (const request of this.#waiting) {
      if (!this.#send(request, performance.now())) return;
      this.#waiting.delete(request);
    }
  }

  #send(request: OpenRequest, nowMs: number): boolean {
    const connection = this.#pool.take(nowMs);
    if (!connection) return false;
    request.sentMs = nowMs;
    request.connection = connection;
    connection.send(request, this.#messages[request.classIndex] as RequestMessage);
    return true;
  }
}
