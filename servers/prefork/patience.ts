import type { Socket } from 'node:net';

const usualMs = 4_000;
const hurriedMs = 100;

/** How long a client that holds a worker may take to send its request; one that takes longer is dropped. */
export class Patience {
  #limitMs = usualMs;
  #waitingFor: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;

  waitFor(client: Socket): void {
    this.#waitingFor = client;
    this.#timer = setTimeout(() => client.destroy(), this.#limitMs);
  }

  stopWaiting(): void {
    clearTimeout(this.#timer);
    this.#waitingFor = undefined;
  }

  /** From now on, clients get hardly any time: for a server that ends. */
  hurry(): void {
    this.#limitMs = hurriedMs;
    const client = this.#waitingFor;
    if (!client) return;
    this.stopWaiting();
    this.waitFor(client);
  }
}
