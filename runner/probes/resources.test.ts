import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type CpuSnapshot, cpuBetween, readMemoryBytes, withDescendants } from './process-tree.ts';
import { cpuSecondsIn, probeResources } from './resources.ts';

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Runs a script that says when it is ready, waits for a word, and says when it is done. */
async function startScript(script: string): Promise<ChildProcess> {
  const preface = `
    const burn = (ms) => { const start = process.cpuUsage();
      while ((process.cpuUsage(start).user + process.cpuUsage(start).system) / 1000 < ms); };`;
  const child = spawn(process.execPath, ['--eval', `${preface}${script}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  started.push(child);
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

async function probeWhile(script: string) {
  const child = await startScript(script);
  const probe = probeResources(child.pid as number);
  child.stdin?.write('go\n');
  if (child.stdout) await once(child.stdout, 'data');
  return probe.stop();
}

describeOnLinux('the measured CPU time of a process tree (Linux only: needs /proc)', () => {
  test('is that of a single process', async () => {
    const { resources, cpuSamples } = await probeWhile(`
      process.stdin.once('data', () => { burn(200); console.log('done'); });
      console.log('ready');`);
    expect(resources.cpuSeconds).toBeGreaterThan(0.19);
    expect(resources.cpuSeconds).toBeLessThan(1);
    expect(resources.runQueueDelaySeconds).toBeGreaterThanOrEqual(0);
    expect(resources.pssBytes).toBeGreaterThan(1_000_000);
    expect(resources).toMatchObject({ processes: 1, processesReplaced: 0 });
    expect(cpuSamples.at(-1)?.cpuSeconds).toBe(resources.cpuSeconds);
  });

  test('includes a child that has ended', async () => {
    const { resources } = await probeWhile(`
      const { spawn } = require('node:child_process');
      const spin = 'const start = Date.now(); while (process.cpuUsage().user < 300e3);';
      process.stdin.once('data', () => {
        spawn(process.execPath, ['--eval', spin]).on('exit', () => console.log('done'));
      });
      console.log('ready');`);
    expect(resources.cpuSeconds).toBeGreaterThan(0.28);
    expect(resources.processes).toBe(1);
  });

  test('includes a thread that has ended', async () => {
    const { resources } = await probeWhile(`
      const { Worker } = require('node:worker_threads');
      process.stdin.once('data', () => {
        new Worker('const { user } = process.cpuUsage(); while (process.cpuUsage().user < user + 300e3);', { eval: true })
          .on('exit', () => console.log('done'));
      });
      console.log('ready');`);
    expect(resources.cpuSeconds).toBeGreaterThan(0.28);
  });

  test('comes with the number of running and of replaced processes', async () => {
    const { resources } = await probeWhile(`
      const { spawn } = require('node:child_process');
      const start = () => spawn('sleep', ['60']);
      process.once('exit', () => child.kill());
      let child = start();
      child.on('spawn', () => console.log('ready'));
      process.stdin.once('data', () => {
        child.on('exit', () => { child = start(); child.on('spawn', () => console.log('done')); });
        child.kill();
      });`);
    expect(resources).toMatchObject({ processes: 2, processesReplaced: 1 });
  });
});

describeOnLinux('the memory of processes (Linux only: needs /proc)', () => {
  const startIdle = async () =>
    (await startScript("console.log('ready'); setInterval(() => {}, 1e6);")).pid as number;
  const mebibytes = (...pids: number[]) => (readMemoryBytes(pids) ?? 0) / 2 ** 20;

  test('does not change when another process maps the same files', async () => {
    const pid = await startIdle();
    await sleep(300); // until it has settled
    const alone = mebibytes(pid);
    await startIdle();
    expect(Math.abs(mebibytes(pid) / alone - 1)).toBeLessThan(0.02);
  });

  test('has the program once, however many processes run it', async () => {
    const [one, other] = [await startIdle(), await startIdle()];
    expect(mebibytes(one)).toBeGreaterThan(40);
    expect(mebibytes(one) + mebibytes(other) - mebibytes(one, other)).toBeGreaterThan(30);
  });

  test('is unknown for processes that have ended', () => {
    expect(readMemoryBytes([2 ** 30])).toBeNull();
  });
});

describe('the CPU time of a process tree', () => {
  test('is unknown for a process that has ended', () => {
    const { resources } = probeResources(2 ** 30).stop();
    expect(resources).toMatchObject({ cpuSeconds: null, pssBytes: null, processes: null });
  });

  test('is the sum over threads while that agrees with the coarse times', () => {
    const start = snapshot(1, { 10: 0.5 });
    const end = snapshot(2.01, { 10: 1.2, 11: 0.3 });
    expect(cpuBetween(start, end).cpuSeconds).toBeCloseTo(1, 9);
  });

  test('is the coarse time when threads have ended', () => {
    const start = snapshot(1, { 10: 0.5, 11: 0.5 });
    const end = snapshot(2, { 10: 1 });
    expect(cpuBetween(start, end).cpuSeconds).toBeCloseTo(1, 9);
  });

  test('is the coarse time where the kernel does not count by thread, and the delay is unknown', () => {
    const used = cpuBetween(snapshot(1, {}), snapshot(1.5, {}));
    expect(used).toEqual({ cpuSeconds: 0.5, runQueueDelaySeconds: null });
  });
});

function snapshot(coarseCpuSeconds: number, threads: Record<number, number>): CpuSnapshot {
  const times = Object.entries(threads).map(
    ([thread, cpuSeconds]) => [thread, { cpuSeconds, runQueueDelaySeconds: 0 }] as const,
  );
  return { processes: [10], threads: new Map(times), threadCount: times.length, coarseCpuSeconds };
}

test('a process tree contains each descendant once', () => {
  const children = new Map([
    [1, [2, 3]],
    [3, [4]],
    [5, [6]],
  ]);
  expect(withDescendants(1, (pid) => children.get(pid) ?? null)).toEqual([1, 2, 3, 4]);
});

test('CPU time is interpolated linearly between samples', () => {
  const samples = [
    { atSeconds: 0, cpuSeconds: 0 },
    { atSeconds: 0.2, cpuSeconds: 0.1 },
    { atSeconds: 0.4, cpuSeconds: 0.4 },
  ];
  expect(cpuSecondsIn(samples, 0, 0.1)).toBeCloseTo(0.05, 9);
  expect(cpuSecondsIn(samples, 0.1, 0.3)).toBeCloseTo(0.2, 9);
  expect(cpuSecondsIn(samples, 0.4, 0.5)).toBe(0);
  expect(cpuSecondsIn([], 0, 1)).toBeNull();
});
