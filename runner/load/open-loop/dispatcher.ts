import type { HttpConnection } from '../http-connection.ts';
import type { OpenLoad } from '../load.ts';
import { RequestMessages } from '../request-messages.ts';
import type { Tally, TrackedRequest } from '../tally.ts';
import type { ArrivalSchedule } from './arrival-schedule.ts';
import { ConnectionPool, type PoolTarget } from './connection-pool.ts';
import type { Pacer } from './pacer.ts';

/** A request of an open loop, from the moment it is due. */
export interface OpenRequest extends TrackedRequest {
  readonly intendedMs: number;
  connection: HttpConnection<OpenRequest> | null;
}

interface DispatcherParts {
  readonly load: OpenLoad;
  readonly schedule: ArrivalSchedule;
  readonly startMs: number;
  readonly tally: Tally;
  readonly pacer: Pacer;
  readonly pool: PoolTarget;
}

/** Sends each request of a schedule when it is due, and gives each exactly one outcome. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #timeoutMs: number;
  readonly #messages: RequestMessages;
  readonly #pool: ConnectionPool<OpenRequest>;
  /** Requests without an outcome, ascending by intended time. */
  readonly #outstanding = new Set<OpenRequest>();
  /** Requests that found all connections busy. */
  readonly #waiting = new Set<OpenRequest>();
  #next = 0;

  constructor(parts: DispatcherParts) {
    const { tally } = parts;
    this.#parts = parts;
    this.#timeoutMs = parts.load.timeoutSeconds * 1000;
    this.#messages = new RequestMessages(parts.load);
    this.#pool = new ConnectionPool(parts.pool, {
      answered: (connection, request, status, bodyMatches) => {
        const nowMs = performance.now();
        this.#outstanding.delete(request);
        if (nowMs - request.intendedMs >= this.#timeoutMs) tally.timedOut(request, nowMs);
        else tally.answered(request, nowMs, status, bodyMatches);
        this.#continue(connection);
      },
      lost: (connection, request, reason) => {
        if (request) {
          this.#outstanding.delete(request);
          tally.failed(request, performance.now(), reason);
        }
        this.#continue(connection);
      },
    });
  }

  /** Requests of the schedule that have no outcome yet, whether due or not. */
  get unfinished(): number {
    return this.#parts.schedule.offsetsMs.length - this.#next + this.#outstanding.size;
  }

  /** Sends all requests that are due. */
  dispatch(): void {
    const { schedule, startMs, tally, pacer } = this.#parts;
    const { offsetsMs, classIndices } = schedule;
    for (;;) {
      const offsetMs = offsetsMs[this.#next];
      const nowMs = performance.now();
      if (offsetMs === undefined || startMs + offsetMs > nowMs) break;
      const classIndex = classIndices[this.#next] as number;
      this.#next += 1;
      const intendedMs = startMs + offsetMs;
      const request = { classIndex, intendedMs, sentMs: nowMs, connection: null };
      this.#outstanding.add(request);
      tally.started(request);
      tally.dispatched(intendedMs, nowMs);
      if (!this.#send(request, nowMs)) {
        this.#waiting.add(request);
        tally.waits(intendedMs);
      }
    }
    pacer.dispatched(this.#next);
  }

  /** Gives up requests that have not been answered in time, sent or not. */
  checkTimeouts(): void {
    const nowMs = performance.now();
    for (const request of this.#outstanding) {
      if (nowMs - request.intendedMs < this.#timeoutMs) break;
      this.#outstanding.delete(request);
      this.#waiting.delete(request);
      if (request.connection) this.#pool.drop(request.connection);
      this.#parts.tally.timedOut(request, nowMs);
    }
    this.#sendWaiting();
  }

  end(): void {
    this.#parts.tally.connectionsOpened = this.#pool.opened;
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
    connection.send(request, this.#messages.next(request.classIndex));
    return true;
  }
}
