import type { Target } from '../connections.ts';
import { type ConnectionEvents, HttpConnection } from '../http-connection.ts';

/** Node.js servers close connections after 5 s without a request; one that is about to close must not be used. */
const longestIdleMs = 4000;

/** Where a pool's connections lead, and how many may be open at once. */
export interface PoolTarget extends Target {
  readonly limit: number;
}

/** Keep-alive connections to one server, opened when needed, up to a limit. */
export class ConnectionPool<Request> {
  readonly #target: PoolTarget;
  readonly #events: ConnectionEvents<Request>;
  readonly #open = new Set<HttpConnection<Request>>();
  /** The last one used is used next, so that few stay open when few are needed. */
  readonly #idle: HttpConnection<Request>[] = [];
  opened = 0;

  constructor(target: PoolTarget, events: ConnectionEvents<Request>) {
    this.#target = target;
    this.#events = events;
  }

  /** A connection to send on; null when the limit is reached and all are busy. */
  take(nowMs: number): HttpConnection<Request> | null {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (idle.usable && nowMs - idle.idleSinceMs < longestIdleMs) return idle;
      this.drop(idle);
    }
    if (this.#open.size >= this.#target.limit) return null;
    this.opened += 1;
    const connection = new HttpConnection(this.#target, this.#events);
    this.#open.add(connection);
    return connection;
  }

  /** Returns a connection whose request has ended. */
  giveBack(connection: HttpConnection<Request>): void {
    if (connection.usable) this.#idle.push(connection);
    else this.#open.delete(connection);
  }

  /** Ends a connection, with or without a request in flight. */
  drop(connection: HttpConnection<Request>): void {
    this.#open.delete(connection);
    connection.destroy();
  }

  destroy(): void {
    for (const connection of this.#open) connection.destroy();
    this.#open.clear();
  }
}
