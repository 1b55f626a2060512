import { type ConnectionEvents, HttpConnection } from './http-connection.ts';

/** Node servers close connections that were idle for 5 s: one may be closing while a request goes out on it. */
const longestIdleMs = 4000;

/** Where a pool's connections go, and how many there may be at once. */
export interface PoolTarget {
  readonly address: string;
  readonly port: number;
  readonly limit: number;
}

/** Keep-alive connections to one server: as many as are needed at once, up to a limit. */
export class ConnectionPool<Request> {
  readonly #target: PoolTarget;
  readonly #events: ConnectionEvents<Request>;
  readonly #open = new Set<HttpConnection<Request>>();
  /** The one used last is used next, so that few stay open when few are needed. */
  readonly #idle: HttpConnection<Request>[] = [];
  opened = 0;

  constructor(target: PoolTarget, events: ConnectionEvents<Request>) {
    this.#target = target;
    this.#events = events;
  }

  /** A connection to send on; null when all that there may be are busy. */
  take(nowMs: number): HttpConnection<Request> | null {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (idle.usable && nowMs - idle.idleSinceMs < longestIdleMs) return idle;
      this.drop(idle);
    }
    if (this.#open.size >= this.#target.limit) return null;
    this.opened += 1;
    const connection = new HttpConnection(this.#target.address, this.#target.port, this.#events);
    this.#open.add(connection);
    return connection;
  }

  /** Takes back a connection whose request has ended. */
  giveBack(connection: HttpConnection<Request>): void {
    if (connection.usable) this.#idle.push(connection);
    else this.#open.delete(connection);
  }

  /** Ends a connection, whatever is on it. */
  drop(connection: HttpConnection<Request>): void {
    this.#open.delete(connection);
    connection.destroy();
  }

  destroy(): void {
    for (const connection of this.#open) connection.destroy();
    this.#open.clear();
  }
}
