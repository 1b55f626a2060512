import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { listProc, readProc } from '../../runner/probes/proc.ts';

const victim = join(import.meta.dirname, 'victim.ts');
const flags = '--quick --blocks 1 --duration 300ms --connections 8 --workload hello --seed 1';
const markName = 'BENCH_FAILURE';
/** A run takes a few seconds; one that has not ended by then hangs. */
const longestMs = 90_000;

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

/** Who may get a signal. */
export type Target = 'runner' | 'generator' | 'server' | 'worker';

/** A run of the real command in a folder of its own, with all its temporary files in another one. */
export class VictimRun {
  readonly base = mkdtempSync(join(tmpdir(), 'bench-failure-'));
  readonly folder = join(this.base, 'results');
  readonly temporary = join(this.base, 'temporary');
  readonly end: Promise<End>;
  readonly model: string;
  readonly #mark = randomUUID();
  readonly #stages: string[] = [];
  readonly #wakers = new Set<() => void>();
  #pid = 0;
  #ended = false;

  get ended(): boolean {
    return this.#ended;
  }

  constructor(model: string, { shell = '', environment = {} }: Surroundings = {}) {
    this.model = model;
    mkdirSync(this.folder);
    mkdirSync(this.temporary);
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

  /**
   * Sends a signal to a process of the run.
   *
   * @returns false if the run has no such process at the moment
   */
  signal(target: Target, signal: NodeJS.Signals): boolean {
    const [pid] = this.#pidsOf(target);
    if (pid === undefined) return false;
    kill(pid, signal);
    return true;
  }

  /** The live processes that the run has left; a few seconds are allowed for their end. */
  async processesLeft(): Promise<string[]> {
    for (let tries = 0; tries < 100 && this.#processes().length > 0; tries += 1) await delay(50);
    const left = this.#processes();
    const names = left.map(commandLineOf);
    for (const pid of left) kill(pid, 'SIGKILL');
    return names;
  }

  #processes(): number[] {
    const line = `${markName}=${this.#mark}`;
    return listProc('')
      .filter((entry) => /^\d+$/.test(entry))
      .filter((pid) => (readProc(`${pid}/environ`) ?? '').split('\0').includes(line))
      .map(Number)
      .toSorted((a, b) => a - b);
  }

  #pidsOf(target: Target): number[] {
    if (target === 'runner') return this.#pid ? [this.#pid] : [];
    const all = this.#processes().map((pid) => ({ pid, command: commandLineOf(pid) }));
    const node = all.filter(({ command }) => /^\S*node /.test(command));
    const program = target === 'generator' ? 'load/main.ts' : `servers/${this.model}/main.ts`;
    const pids = node.filter(({ command }) => command.includes(program)).map(({ pid }) => pid);
    // The workers of prefork run the program of their server, which starts first.
    return target === 'worker' ? pids.slice(1) : pids;
  }

  #start(shell: string, environment: Readonly<Record<string, string>>): Promise<End> {
    return this.#spawn(shell, environment, this.#stages);
  }

  async #spawn(
    shell: string,
    environment: Readonly<Record<string, string>>,
    stages: string[],
  ): Promise<End> {
    const words = ['run', ...flags.split(' '), '--model', this.model, '--out', this.folder];
    const script = `${shell}\nexec "$@"`;
    const child = spawn('/bin/sh', ['-c', script, 'sh', process.execPath, victim, ...words], {
      cwd: this.base,
      env: { ...process.env, ...environment, TMPDIR: this.temporary, [markName]: this.#mark },
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

const commandLineOf = (pid: number) => (readProc(`${pid}/cmdline`) ?? '').replaceAll('\0', ' ');

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
