import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll } from '@jest/globals';

const cli = resolve(import.meta.dirname, '../dist/runner/bin.js');
/** Hundreds of processes load the same modules: compiled once, they start sooner. */
const compiled = resolve(import.meta.dirname, '../node_modules/.cache/compiled');
const marker = 'BENCH_TEST_MARKER';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real command, started in an empty folder. */
export interface RunningBench {
  readonly pid: number;
  readonly folder: string;
  readonly outcome: Promise<Outcome>;
  /** Resolves when the text has appeared on standard error; rejects when the command ends before. */
  says(text: string): Promise<void>;
  /** Resolves a moment later; rejects, with what the command has not done, when it has ended. */
  stillRuns(without: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** The live processes that the command has started. Linux only. */
  descendants(): Promise<Descendant[]>;
}

export interface Descendant {
  readonly pid: number;
  readonly commandLine: string;
}

const folders: string[] = [];

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
  folders.push(folder);
  return folder;
}

interface Surroundings {
  /** As in `bench … | true`: the reader has gone before anything is written. */
  readonly closeStdout?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** Words of a command that runs another one. */
  readonly prefix?: readonly string[];
}

export async function startBench(
  args: readonly string[],
  cwd?: string,
  { closeStdout = false, env = {}, prefix = [] }: Surroundings = {},
): Promise<RunningBench> {
  const folder = cwd ?? (await newFolder());
  const mark = randomUUID();
  const [program = '', ...words] = [...prefix, process.execPath, cli, ...args];
  const child = spawn(program, words, {
    cwd: folder,
    env: {
      ...process.env,
      GITHUB_STEP_SUMMARY: '',
      NODE_COMPILE_CACHE: compiled,
      ...env,
      [marker]: mark,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  if (closeStdout) child.stdout.destroy();
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const outcome = once(child, 'close').then(() => ({ code: child.exitCode, stdout, stderr }));
  let ended = false;
  void outcome.then(() => (ended = true));
  const stillRuns = async (without: string) => {
    if (ended) throw new Error(`ended without ${without}: ${stderr}`);
    await delay(20);
  };
  return {
    pid: child.pid ?? 0,
    folder,
    outcome,
    async says(text) {
      while (!stderr.includes(text)) await stillRuns(`saying "${text}"`);
    },
    stillRuns,
    kill: (signal) => child.kill(signal),
    descendants: () => processesMarked(mark, child.pid),
  };
}

/** Runs the real command to its end. */
export async function bench(
  args: readonly string[],
  cwd?: string,
  surroundings?: Surroundings,
): Promise<Outcome> {
  return (await startBench(args, cwd, surroundings)).outcome;
}

/** The processes of a command that are left after a few seconds. */
export async function leftovers(running: RunningBench): Promise<Descendant[]> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await running.descendants()).length === 0) return [];
    await delay(50);
  }
  return running.descendants();
}

/**
 * A process of a command, as soon as there is one. Linux only.
 *
 * @param program a part of its command line
 * @param except processes that do not count
 * @throws when the command ends before
 */
export async function processOf(
  running: RunningBench,
  program: string,
  except: readonly Descendant[] = [],
): Promise<number> {
  for (;;) {
    const found = (await running.descendants()).find(
      ({ pid, commandLine }) =>
        commandLine.includes(program) && except.every((other) => other.pid !== pid),
    );
    if (found) return found.pid;
    await running.stillRuns(`starting ${program}`);
  }
}

/** The same, of the processes that are started from now on. */
export async function nextProcess(running: RunningBench, program: string): Promise<number> {
  return processOf(running, program, await running.descendants());
}

async function processesMarked(mark: string, except: number | undefined): Promise<Descendant[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== except);
  const found = await Promise.all(
    pids.map(async (pid) => {
      try {
        const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
        const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8');
        return environment.includes(mark)
          ? [{ pid, commandLine: commandLine.replaceAll('\0', ' ') }]
          : [];
      } catch {
        return []; // ended while we looked, or another user's
      }
    }),
  );
  return found.flat();
}
