import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { conclude } from '../commands/doctor.ts';
import { bad, describeFindings, good, warn } from './finding.ts';
import {
  judgeBacklog,
  judgeCpus,
  judgeLayout,
  judgeOpenFiles,
  judgePriority,
  judgeServerCpus,
} from './limits.ts';
import { judgeLoadWorker } from './load-workers.ts';
import { judgeClock, judgeNoise } from './stability.ts';

describe('limits of the machine', () => {
  test.each([
    [1, 8, 'bad'],
    [2, 2, 'warn'],
    [8, 8, 'good'],
  ] as const)('%d of %d CPUs are %s', (available, online, state) => {
    expect(judgeCpus(available, online).state).toBe(state);
  });

  test('two CPUs are enough for servers with a machine of their own', () => {
    expect(judgeServerCpus(2, 2)).toMatchObject({ state: 'good', found: '2 CPUs' });
    expect(judgeServerCpus(1, 8).state).toBe('bad');
  });

  test('CPUs are counted as a person would', () => {
    expect(judgeCpus(2, 2).found).toMatch(/^2 CPUs: /);
    expect(judgeCpus(1, 8).found).toMatch(/^1 of 8 CPUs: /);
  });

  test('a load generator on a hyper-thread of a core that servers use is a warning', () => {
    const layout = { mode: 'isolated' as const, serverCpus: [0, 1, 2], clientCpus: [3] };
    expect(judgeLayout(layout)).toMatchObject([{ state: 'good' }]);
    expect(judgeLayout({ ...layout, sharesCore: true })).toMatchObject([
      { state: 'warn', advice: expect.stringContaining('--client-cpus') },
    ]);
    expect(judgeLayout({ ...layout, mode: 'shared' })).toEqual([]);
  });

  test.each([
    [true, 'shared', 'good'],
    [false, 'shared', 'warn'],
    [null, 'shared', 'warn'],
    [false, 'isolated', 'good'],
  ] as const)('real-time priority %p on %s CPUs is %s', (isRealTime, mode, state) => {
    const layout = { mode, serverCpus: [], clientCpus: [] };
    expect(judgePriority(isRealTime, layout).state).toBe(state);
  });

  test.each([
    [null, 'good', 'no limit'],
    [256, 'bad', 'at most 256'],
    [1024, 'warn', 'at most 1,024'],
    [65_535, 'good', 'at most 65,535'],
  ] as const)('a limit of %p open files is %s', (limit, state, found) => {
    expect(judgeOpenFiles(limit)).toMatchObject({ state, found });
  });

  test('a backlog limit that is too low comes with the command that raises it', () => {
    const advice = expect.stringContaining('sudo sysctl net.core.somaxconn=4096');
    expect(judgeBacklog(128)).toMatchObject({ state: 'warn', advice });
    expect(judgeBacklog(null).state).toBe('warn');
    expect(judgeBacklog(4096).state).toBe('good');
  });
});

describe('stability of the machine', () => {
  test('a coarse clock and late timers are warnings', () => {
    const states = (resolutionMicros: number, timerDelayMs: number) =>
      judgeClock({ resolutionMicros, timerDelayMs }).map(({ state }) => state);
    expect(states(0.1, 0.5)).toEqual(['good', 'good']);
    expect(states(15, 8)).toEqual(['warn', 'warn']);
  });

  const probe = (
    referenceLoopMs: number,
    cpuPressureShare: number | null = 0,
    stealShare: number | null = 0,
  ) => ({ block: 0, referenceLoopMs, cpuPressureShare, stealShare });

  test.each([
    ['steady and quiet', [probe(1), probe(1.01)], ['good', 'good', 'good']],
    ['unsteady in speed', [probe(1), probe(1.2)], ['warn', 'good', 'good']],
    ['shared', [probe(1), probe(1, 0.1, 0.5)], ['good', 'warn', 'bad']],
    ['of a platform without these counters', [probe(1, null, null)], ['good']],
  ] as const)('a machine that is %s is recognised', (_description, probes, states) => {
    expect(judgeNoise(probes).map(({ state }) => state)).toEqual(states);
  });
});

test('a load worker is judged by its limits, its clock, its round trip and a small load', () => {
  const worker = {
    name: 'load1',
    onThisMachine: false,
    requests: { sent: 66, ok: 66, non2xx: 0, timeouts: 0, errors: 0, mismatched: 0 },
    p50Ms: 5,
    generatorProcesses: 1,
    cpuSeconds: 0.1,
    clockAheadMs: 2,
    clockErrorMs: 0.5,
    startedLateMs: 0,
    serverRoundTripMs: 4.2,
    longestSilenceMs: 200,
  };
  const limits = { cpus: 2, openFiles: 20_000 };
  const stateWith = (change: Partial<typeof worker>, openFiles = limits.openFiles) =>
    judgeLoadWorker({ ...worker, ...change }, { ...limits, openFiles }).state;
  expect(judgeLoadWorker(worker, limits)).toEqual(
    good(
      'load1',
      '2 CPUs; open files: at most 20,000; round trip 4.2 ms; clock 2 ms ahead (± 0.5 ms)',
    ),
  );
  expect(stateWith({}, 1024)).toBe('warn');
  expect(stateWith({ startedLateMs: 1 }, 1024)).toBe('bad');
  expect(stateWith({ clockAheadMs: -1001 })).toBe('warn');
  expect(stateWith({ clockErrorMs: 11 })).toBe('warn');
  expect(stateWith({ startedLateMs: 1 })).toBe('bad');
  expect(stateWith({ requests: { ...worker.requests, ok: 65 } })).toBe('bad');
});

describe('the output of bench doctor', () => {
  test('has a mark, a subject and wrapped text in columns', () => {
    const findings = [
      good('clock', 'resolution 0.04 µs'),
      warn('open files', 'at most 1,024', 'Raise it: ulimit -n 12000, in this shell'),
    ];
    expect(stripVTControlCharacters(describeFindings(findings, 44))).toBe(
      `✓ clock           resolution 0.04 µs
! open files      at most 1,024
                  Raise it: ulimit -n 12000,
                  in this shell`,
    );
  });

  test('ends with what the findings mean', () => {
    const limit = warn('CPUs', 'few', 'more');
    expect(conclude([good('CPUs', 'many')])).toBe('This machine gives reliable numbers.');
    expect(conclude([good('CPUs', 'many'), limit])).toBe(
      'This machine gives usable numbers, limited by the 1 point marked ! above.',
    );
    expect(() => conclude([limit, bad('CPUs', 'one', 'two')])).toThrow(
      'numbers from this machine would mislead: fix the 1 point marked ✗',
    );
  });
});
