import type { ChildProcess } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitInWords, keepOutputTail } from '../../servers/launch/diagnostics.ts';
import { withoutSecrets } from '../../servers/launch/environment.ts';
import { forkWarded } from '../../servers/launch/warden.ts';
import type { Exit } from '../../servers/server.ts';
import { messageOf } from '../errors.ts';
import {
  type AgreeOnStart,
  type GeneratorCommand,
  type Load,
  type LoadEvent,
  type LoadProgress,
  type LoadResult,
  loadEventSchema,
} from './load.ts';

const main = fileURLToPath(new URL(`./main${extname(import.meta.filename)}`, import.meta.url));

export interface GeneratorOptions {
  /** The only CPUs that it may use, if any are given (Linux, through taskset). */
  readonly cpus?: readonly number[];
  /** The most processes over which it may spread a load that needs several. */
  readonly processes?: number;
}

/** Starts a load generator. */
export function startGenerator({ cpus = [], processes = 1 }: GeneratorOptions = {}): Generator {
  const command = [process.execPath, main, String(processes)];
  const pinned = cpus.length > 0 ? ['taskset', '--cpu-list', cpus.join(','), ...command] : command;
  const [path = '', ...words] = pinned;
  const environment = withoutSecrets(process.env);
  const program = { path, arguments: words, environment, workingDirectory: undefined };
  const { child, exited } = forkWarded(program);
  return new Generator(child, exited);
}

/** A load generator in a process of its own, or several below it; runs loads and stays warm in between. */
export class Generator {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Error>;
  readonly #ready: Promise<void>;
  readonly #outputTail: () => string;

  constructor(child: ChildProcess, exited: Promise<Exit>) {
    this.#child = child;
    this.#outputTail = keepOutputTail(child.stderr);
    this.#ended = exited.then(
      (exit) => this.#death(exitInWords(exit)),
      (error: unknown) => this.#death(`could not start: ${messageOf(error)}`),
    );
    this.#ready = this.#until((event) => (event.type === 'ready' ? { value: undefined } : null));
    this.#ready.catch(() => {}); // `run` rejects with the same error
  }

  /** Null when the process could not be started. */
  get pid(): number | null {
    return this.#child.pid ?? null;
  }

  /**
   * Runs one load to its end; one load at a time.
   * @param agreeOnStart if given, the load begins at the time that this gives
   * @throws Error when the load cannot be run, the process dies or could not be started
   */
  async run(
    load: Load,
    emit: (event: LoadProgress) => void = () => {},
    agreeOnStart?: AgreeOnStart,
  ): Promise<LoadResult> {
    await this.#ready;
    const result = this.#until((event) => {
      switch (event.type) {
        case 'failed':
          throw new Error(event.message);
        case 'result':
          return { value: event.result };
        case 'prepared':
          agreeOnStart?.().then(
            (atMs) => this.#send({ type: 'start', atMs }),
            () => this.#send({ type: 'cancel' }),
          );
          return null;
        case 'ready':
          return null;
        default:
          emit(event);
          return null;
      }
    });
    this.#send({ type: 'run', load, awaitStart: agreeOnStart !== undefined });
    return await result;
  }

  #send(command: GeneratorCommand): void {
    this.#child.send(command, () => {}); // if this fails, the process has ended, and #until rejects
  }

  /** Kills the process; a load in progress is rejected. */
  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Reads the events of the process until one gives a value. */
  async #until<Value>(read: (event: LoadEvent) => { value: Value } | null): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const listen = (message: unknown) => {
      try {
        const found = read(loadEventSchema.parse(message));
        if (found) resolve(found.value);
      } catch (error) {
        reject(error);
      }
    };
    this.#child.on('message', listen);
    void this.#ended.then(reject);
    try {
      return await promise;
    } finally {
      this.#child.off('message', listen);
    }
  }

  #death(reason: string): Error {
    const tail = this.#outputTail();
    return new Error(`the load generator ${reason}${tail && `:\n${tail}`}`);
  }
}
