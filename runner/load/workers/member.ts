import type { LoadWorker } from '../../../results/document/run-document.ts';
import { monotonicMs } from '../../../servers/kit/runtime.ts';
import { LoadWorkerError } from '../../errors.ts';
import type { AgreeOnStart, Load, LoadGenerator, LoadProgress, LoadResult } from '../load.ts';
import { ClockEstimate, type ClockOffset } from './clock-offset.ts';
import type { LoadReport, WorkerCommand, WorkerMessage } from './messages.ts';

/** One that does not answer for so long is lost. */
const lostAfterMs = 5000;
/** Beyond warm-up, window and time limit of its requests, a load takes time to be prepared and to be reported. */
const spareSeconds = 30;

interface RunningLoad {
  readonly emit: (event: LoadProgress) => void;
  readonly agreeOnStart: AgreeOnStart | undefined;
  readonly ended: PromiseWithResolvers<LoadResult>;
  report: LoadReport | null;
}

interface MemberFacts {
  readonly name: string;
  readonly cpus: number;
  /** Null for no limit. */
  readonly openFiles: number | null;
  readonly onThisMachine: boolean;
}

/** A load worker, as the run sees it. */
export class Member implements MemberFacts {
  readonly name: string;
  readonly cpus: number;
  readonly openFiles: number | null;
  readonly onThisMachine: boolean;
  readonly #send: (command: WorkerCommand) => void;
  readonly #clock = new ClockEstimate();
  /** Can take a load: it answers, and no load of it is in progress. */
  #isPresent = true;
  #load: RunningLoad | null = null;
  #stopped: PromiseWithResolvers<void> | null = null;
  #answeredMs = monotonicMs();
  #longestSilenceMs = 0;

  constructor(facts: MemberFacts, send: (command: WorkerCommand) => void) {
    this.name = facts.name;
    this.cpus = facts.cpus;
    this.openFiles = facts.openFiles;
    this.onThisMachine = facts.onThisMachine;
    this.#send = send;
  }

  get clock(): ClockOffset | null {
    return this.#clock.best;
  }

  get isPresent(): boolean {
    return this.#isPresent && this.clock !== null;
  }

  /** Until it answers again. */
  get isLost(): boolean {
    return !this.#isPresent;
  }

  ping(): void {
    if (monotonicMs() - this.#answeredMs > lostAfterMs) {
      this.lose(`did not answer for ${lostAfterMs / 1000} s`);
    }
    this.#send({ type: 'ping', sentMs: monotonicMs() });
  }

  /** It cannot be relied on any more; its load, if it has one, is rejected. It is present again once it answers. */
  lose(reason: string): void {
    if (!this.#isPresent) return;
    this.#isPresent = false;
    this.#load?.ended.reject(new LoadWorkerError(`load worker ${this.name} ${reason}`));
    this.#stopped?.resolve();
  }

  /** Ends what is left of a load. */
  async recover(): Promise<void> {
    if (!this.#isPresent) return;
    this.#stopped ??= Promise.withResolvers();
    this.#send({ type: 'stop' });
    await this.#stopped.promise;
  }

  readonly run: LoadGenerator<Load> = async (load, emit, agreeOnStart) => {
    const ended = Promise.withResolvers<LoadResult>();
    this.#load = { emit, agreeOnStart, ended, report: null };
    this.#longestSilenceMs = 0;
    const seconds = load.warmupSeconds + load.windowSeconds + load.timeoutSeconds + spareSeconds;
    const timeLimit = setTimeout(() => {
      const message = `load worker ${this.name} did not end its load within ${seconds} s`;
      ended.reject(new LoadWorkerError(message));
    }, seconds * 1000);
    this.#send({ type: 'run', load, awaitStart: true });
    try {
      return await ended.promise;
    } finally {
      clearTimeout(timeLimit);
      this.#load = null;
    }
  };

  receive(message: WorkerMessage): void {
    const load = this.#load;
    switch (message.type) {
      case 'pong':
        this.#answered(message);
        break;
      case 'stopped':
        this.#isPresent = true;
        this.#stopped?.resolve();
        this.#stopped = null;
        break;
      case 'prepared':
        load?.agreeOnStart?.().then(
          (atMs) => this.#send({ type: 'start', atMs: atMs + (this.clock?.monotonicAheadMs ?? 0) }),
          () => this.#send({ type: 'cancel' }),
        );
        break;
      case 'report':
        if (load) load.report = message.report;
        break;
      case 'result':
        if (load?.report) load.ended.resolve(this.#withReport(message.result, load.report));
        break;
      case 'failed':
        load?.ended.reject(new LoadWorkerError(`load worker ${this.name}: ${message.message}`));
        break;
      case 'window-started':
      case 'progress':
      case 'window-ended':
        load?.emit(message);
        break;
      case 'ready':
      case 'hello':
        break;
    }
  }

  #answered(pong: Extract<WorkerMessage, { type: 'pong' }>): void {
    const answeredMs = monotonicMs();
    this.#clock.add({ ...pong, answeredMs, wallAheadMs: pong.wallMs - Date.now() });
    this.#longestSilenceMs = Math.max(this.#longestSilenceMs, answeredMs - this.#answeredMs);
    this.#answeredMs = answeredMs;
    // What it did meanwhile is unknown, and of no use any more.
    if (!this.#isPresent) this.#send({ type: 'stop' });
  }

  #withReport(result: LoadResult, { client, startedLateMs, serverRoundTripMs }: LoadReport) {
    const { wallAheadMs = 0, roundTripMs = 0 } = this.clock ?? {};
    const worker: LoadWorker = {
      name: this.name,
      onThisMachine: this.onThisMachine,
      requests: result.requests,
      p50Ms: result.serviceTime.p50Ms,
      generatorProcesses: result.generatorProcesses,
      cpuSeconds: client.cpuSeconds,
      clockAheadMs: wallAheadMs,
      clockErrorMs: roundTripMs / 2,
      startedLateMs,
      serverRoundTripMs,
      longestSilenceMs: Math.max(this.#longestSilenceMs, monotonicMs() - this.#answeredMs),
    };
    return { ...result, client, loadWorkers: [worker] };
  }
}
