/**
 * Who waits and who is free: hands each connection to one idle worker, in the order of arrival, and gives a
 * worker its next one only after it has said that it is idle again.
 */
export class Turns<Connection, Worker> {
  readonly #waiting: Connection[] = [];
  readonly #idle = new Set<Worker>();
  readonly #busy = new Set<Worker>();
  readonly #handOver: (connection: Connection, worker: Worker) => void;

  constructor(handOver: (connection: Connection, worker: Worker) => void) {
    this.#handOver = handOver;
  }

  /** Whether every connection has been handed over, and every worker is done with its own. */
  get areOver(): boolean {
    return this.#waiting.length === 0 && this.#busy.size === 0;
  }

  arrived(connection: Connection): void {
    this.#waiting.push(connection);
    this.#match();
  }

  isIdle(worker: Worker): void {
    this.#busy.delete(worker);
    this.#idle.add(worker);
    this.#match();
  }

  isGone(worker: Worker): void {
    this.#busy.delete(worker);
    this.#idle.delete(worker);
  }

  #match(): void {
    for (const worker of this.#idle) {
      const connection = this.#waiting.shift();
      if (connection === undefined) return;
      this.#idle.delete(worker);
      this.#busy.add(worker);
      this.#handOver(connection, worker);
    }
  }
}
