import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import {
  commandLineOf,
  pidsOf,
  processesOf,
  type Target,
  unusedSharedMemory,
} from './processes.ts';

const victim = join(import.meta.dirname, 'victim.ts');
const flags = '--quick --blocks 1 --duration 300ms --connections 8 --seed 1';
/** In the folder of a run: what is added to the time. */
export const clockFile = 'clock';
/** A run takes a few seconds; one that has not ended by then hangs. */
const longestMs = 90_000;
/** The farewell of a database takes some seconds where it does not end at once. */
const longestEndMs = 20_000;
const lookEveryMs = 10;

/** How a run is started: before it, `exec "$@"` is preceded by lines of shell. */
export interface Surroundings {
  readonly shell?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** How the command ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  readonly hung: boolean;
}

/** A run of the real command in a folder of its own, with all its temporary files in another one. */
export class VictimRun {
  readonly base = mkdtempSync(join(tmpdir(), 'bench-failure-'));
  readonly folder = join(this.base, 'results');
  readonly temporary = join(this.base, 'temporary');
  readonly clock = join(this.base, clockFile);
  readonly end: Promise<End>;
  readonly model: string;
  readonly #workload: string;
  readonly #sharedMemoryBefore = unusedSharedMemory();
  readonly #stages: string[] = [];
  readonly #wakers = new Set<() => void>();
  #pid = 0;
  #ended = false;

  get ended(): boolean {
    return this.#ended;
  }

  constructor(
    model: string,
    workload: string,
    { shell = '', environment = {} }: Surroundings = {},
  ) {
    this.model = model;
    this.#workload = workload;
    mkdirSync(this.folder);
    mkdirSync(this.temporary);
    // PostgreSQL does not run as root.
    chmodSync(this.base, 0o755);
    chmodSync(this.temporary, 0o777);
    this.end = this.#start(shell, environment);
  }

  /** Resolves when the run has reached a stage, or has ended before; true if it was reached. */
  async reaches(stage: string): Promise<boolean> {
    while (!this.#stages.includes(stage) && !this.#ended) {
      await new Promise<void>((resolve) => this.#wakers.add(resolve));
      this.#wakers.clear();
    }
    return this.#stages.includes(stage) && !this.#ended;
  }

  /** Another run that wants the same folder. */
  start(): Promise<End> {
    return this.#spawn('', {}, []);
  }

  /** Waits until the run has such a process; false if it ends before. */
  async has(target: Target): Promise<boolean> {
    while (!this.#ended && this.#pidsOf(target).length === 0) await delay(lookEveryMs);
    return !this.#ended;
  }

  /**
   * Sends a signal to a process of the run, as soon as it has such a process.
   *
   * @returns false if the run has ended before
   */
  async signal(target: Target, signal: NodeJS.Signals): Promise<boolean> {
    return (await this.has(target)) && this.signalNow(target, signal);
  }

  /** @returns false if the run has no such process now */
  signalNow(target: Target, signal: NodeJS.Signals): boolean {
    const [pid] = this.#pidsOf(target);
    return pid !== undefined && kill(pid, signal);
  }

  /** What the run has left after some time for its end: processes, temporary files, shared memory. */
  async left(): Promise<string[]> {
    const deadline = performance.now() + longestEndMs;
    while (this.#left().length > 0 && performance.now() < deadline) await delay(lookEveryMs);
    const left = this.#left();
    for (const pid of processesOf(this.base)) kill(pid, 'SIGKILL');
    return left;
  }

  #left(): string[] {
    // Only databases have any. What those of other runs leave for a moment cannot be told apart.
    const unused = this.#workload === 'crud' ? [...unusedSharedMemory()] : [];
    const sharedMemory = unused.filter((id) => !this.#sharedMemoryBefore.has(id));
    return [
      ...processesOf(this.base).map((pid) => `process left: ${commandLineOf(pid)}`),
      ...readdirSync(this.temporary).map((file) => `temporary file left: ${file}`),
      ...sharedMemory.map((id) => `shared memory left: ${id}`),
    ];
  }

  #pidsOf(target: Target): number[] {
    if (target !== 'runner') return pidsOf(target, this, this.model);
    return this.#pid ? [this.#pid] : [];
  }

  #start(shell: string, environment: Readonly<Record<string, string>>): Promise<End> {
    return this.#spawn(shell, environment, this.#stages);
  }

  async #spawn(
    shell: string,
    environment: Readonly<Record<string, string>>,
    stages: string[],
  ): Promise<End> {
    const words = [
      'run',
      ...flags.split(' '),
      '--model',
      this.model,
      '--workload',
      this.#workload,
      '--out',
      this.folder,
    ];
    const script = `${shell}\nexec "$@"`;
    const child = spawn('/bin/sh', ['-c', script, 'sh', process.execPath, victim, ...words], {
      cwd: this.base,
      env: { ...process.env, ...environment, TMPDIR: this.temporary, DATABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    if (stages === this.#stages) this.#pid = child.pid ?? 0;
    let stderr = '';
    child.stdout?.resume();
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const announced = child.stdio[3];
    if (announced && 'read' in announced) {
      createInterface(announced).on('line', (stage) => {
        stages.push(stage);
        for (const wake of this.#wakers) wake();
      });
    }
    let hung = false;
    const limit = setTimeout(() => {
      hung = true;
      child.kill('SIGKILL');
    }, longestMs);
    await new Promise((resolve) => child.once('exit', resolve));
    clearTimeout(limit);
    await Promise.race([new Promise((resolve) => child.once('close', resolve)), delay(500)]);
    if (stages === this.#stages) {
      this.#ended = true;
      for (const wake of this.#wakers) wake();
    }
    return { code: child.exitCode, signal: child.signalCode, stderr, hung };
  }
}

/** @returns false if it has ended meanwhile */
function kill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
