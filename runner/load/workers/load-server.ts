import type { Resources } from '../../../results/document/run-document.ts';
import { monotonicMs } from '../../../servers/kit/runtime.ts';
import { messageOf } from '../../errors.ts';
import { probeResources } from '../../probes/resources.ts';
import type { Load } from '../load.ts';
import type { WarmGenerator } from '../warm-generator.ts';
import type { WorkerCommand, WorkerMessage } from './messages.ts';
import { measureServerRoundTrip } from './server-round-trip.ts';

/** Runs the loads that a run sends to this machine, on a load generator beside it. */
export class LoadServer {
  readonly #generator: WarmGenerator;
  readonly #send: (message: WorkerMessage) => void;
  readonly #roundTrips = new Map<string, number>();
  #start = Promise.withResolvers<number>();
  #startedLateMs = 0;

  constructor(generator: WarmGenerator, send: (message: WorkerMessage) => void) {
    this.#generator = generator;
    this.#send = send;
  }

  obey(command: Exclude<WorkerCommand, { type: 'refuse' }>): void {
    switch (command.type) {
      case 'ping':
        this.#send({
          type: 'pong',
          sentMs: command.sentMs,
          monotonicMs: monotonicMs(),
          wallMs: Date.now(),
        });
        break;
      case 'run':
        void this.#run(command.load);
        break;
      case 'start':
        this.#startedLateMs = Math.max(0, monotonicMs() - command.atMs);
        this.#start.resolve(command.atMs);
        break;
      case 'cancel':
        this.#start.reject(new Error('the load was cancelled'));
        break;
      case 'stop':
        void this.#generator.recover().then(() => this.#send({ type: 'stopped' }));
        break;
    }
  }

  async #run(load: Load): Promise<void> {
    this.#start = Promise.withResolvers();
    this.#start.promise.catch(() => {}); // a load that fails before never waits for it
    try {
      const serverRoundTripMs = await this.#roundTripTo(load);
      let probe = probeResources(null);
      let client: Resources | undefined;
      const result = await this.#generator.run(
        load,
        (event) => {
          if (event.type === 'window-started') probe = probeResources(this.#generator.pid);
          if (event.type === 'window-ended') client = probe.stop().resources;
          this.#send(event);
        },
        () => {
          this.#send({ type: 'prepared' });
          return this.#start.promise;
        },
      );
      const report = {
        client: client ?? probe.stop().resources,
        startedLateMs: this.#startedLateMs,
        serverRoundTripMs,
      };
      this.#send({ type: 'report', report });
      this.#send({ type: 'result', result });
    } catch (error) {
      this.#send({ type: 'failed', message: messageOf(error) });
    }
  }

  /** Measured once for each server, before its first load. */
  async #roundTripTo({ host, port }: Load): Promise<number> {
    const server = `${host}:${port}`;
    const known = this.#roundTrips.get(server) ?? (await measureServerRoundTrip(host, port));
    this.#roundTrips.set(server, known);
    return known;
  }
}
