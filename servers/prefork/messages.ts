/**
 * The messages between the primary and its workers. cluster-service reads every message's `cservice`, and leaves
 * those alone where it names no command.
 */
interface Foreign {
  readonly cservice: Record<string, never>;
}

/** From the primary, with a connection: the worker's next turn. `acceptedMs` is by `monotonicMs`. */
export interface Turn extends Foreign {
  readonly acceptedMs: number;
}

/** From the primary: the server drains, and clients that have sent nothing are waited for no longer. */
export interface Hurry extends Foreign {
  readonly hurry: true;
}

/** From a worker: its turn is over, or it is new. */
export interface Idle extends Foreign {
  readonly idle: true;
}

export const isTurn = (message: unknown): message is Turn => has(message, 'acceptedMs');
export const isHurry = (message: unknown): message is Hurry => has(message, 'hurry');
export const isIdle = (message: unknown): message is Idle => has(message, 'idle');

const has = (message: unknown, key: string) =>
  typeof message === 'object' && message !== null && key in message;
