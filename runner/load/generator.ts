import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Load,
  type LoadEvent,
  type LoadProgress,
  type LoadResult,
  loadEventSchema,
} from './load.ts';

const main = fileURLToPath(new URL(`./main${extname(import.meta.filename)}`, import.meta.url));
const stderrTailLength = 2000;

/** A load generator in a process of its own, which stays warm over several loads. */
export interface Generator {
  /** Null for one that could not be started. */
  readonly pid: number | null;
  /**
   * Runs one load to its end, one at a time.
   * @throws Error when the load cannot be run or the generator dies
   */
  run(load: Load, tell?: (event: LoadProgress) => void): Promise<LoadResult>;
  /** Ends the process at once, whatever it does; a load under way is rejected. */
  stop(): Promise<void>;
}

/**
 * Starts a load generator, on the given CPUs alone if there are any (Linux, through taskset). That it didn't
 * start is told by its first `run`.
 */
export function startGenerator({
  cpus = [],
}: {
  readonly cpus?: readonly number[];
} = {}): Generator {
  return new GeneratorProcess(spawnGenerator(cpus));
}

function spawnGenerator(cpus: readonly number[]): ChildProcess {
  const stdio: StdioOptions = ['ignore', 'ignore', 'pipe', 'ipc'];
  if (cpus.length === 0) return spawn(process.execPath, [main], { stdio });
  const pinned = ['--cpu-list', cpus.join(','), process.execPath, main];
  return spawn('taskset', pinned, { stdio });
}

class GeneratorProcess implements Generator {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Error>;
  readonly #ready: Promise<void>;
  #stderr = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-stderrTailLength);
    });
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(this.#death(error.message)));
      child.once('close', (code, signal) =>
        resolve(this.#death(signal ? `killed by ${signal}` : `exit code ${code}`)),
      );
    });
    this.#ready = this.#until((event) => (event.type === 'ready' ? { value: undefined } : null));
    this.#ready.catch(() => {}); // `run` tells
  }

  get pid(): number | null {
    return this.#child.pid ?? null;
  }

  async run(load: Load, emit: (event: LoadProgress) => void = () => {}): Promise<LoadResult> {
    await this.#ready;
    const result = this.#until((event) => {
      if (event.type === 'failed') throw new Error(event.message);
      if (event.type === 'result') return { value: event.result };
      if (event.type !== 'ready') emit(event);
      return null;
    });
    this.#child.send(load, () => {}); // if this fails, the process has ended, which #until tells
    return await result;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Reads the process's events until one gives the value waited for. */
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

  #death(how: string): Error {
    const tail = this.#stderr.trim();
    return new Error(`the load generator ended early (${how})${tail ? `:\n${tail}` : ''}`);
  }
}
