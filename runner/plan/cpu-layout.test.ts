import { describe, expect, test } from '@jest/globals';
import { parseCpuList } from '../probes/cpus.ts';
import { layOutCpus, mostGeneratorProcesses } from './cpu-layout.ts';

describe('the CPU layout', () => {
  test('is shared where cores are few', () => {
    expect(layOutCpus([0, 1], [])).toEqual({ mode: 'shared', serverCpus: [], clientCpus: [] });
  });

  test('gives the client a core of its own when there are four', () => {
    expect(layOutCpus([0, 1, 2, 3], [])).toEqual({
      mode: 'isolated',
      serverCpus: [0, 1, 2],
      clientCpus: [3],
    });
  });

  test('gives the client a whole core where the server keeps enough', () => {
    const cores = [
      [0, 4],
      [1, 5],
      [2, 6],
      [3, 7],
    ];
    expect(layOutCpus([0, 1, 2, 3, 4, 5, 6, 7], cores)).toEqual({
      mode: 'isolated',
      serverCpus: [0, 1, 2, 4, 5, 6],
      clientCpus: [3, 7],
    });
  });

  test('says when server and client share a core', () => {
    expect(
      layOutCpus(
        [0, 1, 2, 3],
        [
          [0, 1],
          [2, 3],
        ],
      ),
    ).toEqual({
      mode: 'isolated',
      serverCpus: [0, 1, 2],
      clientCpus: [3],
      sharesCore: true,
    });
    const named = { server: [0], client: [1] };
    expect(
      layOutCpus(
        [0, 1, 2, 3],
        [
          [0, 1],
          [2, 3],
        ],
        named,
      ).sharesCore,
    ).toBe(true);
    expect(
      layOutCpus(
        [0, 1, 2, 3],
        [
          [0, 2],
          [1, 3],
        ],
        named,
      ).sharesCore,
    ).toBeUndefined();
  });

  test('counts only the usable CPUs of a core', () => {
    const cores = [
      [0, 4],
      [1, 5],
      [2, 6],
      [3, 7],
    ];
    expect(layOutCpus([0, 1, 2, 3], cores)).toEqual({
      mode: 'isolated',
      serverCpus: [0, 1, 2],
      clientCpus: [3],
    });
  });

  test('is isolated when the user names CPUs that do not overlap, and shared when they do', () => {
    expect(layOutCpus([0, 1], [], { server: [0], client: [1] }).mode).toBe('isolated');
    expect(layOutCpus([0, 1], [], { server: [0, 1], client: [1] }).mode).toBe('shared');
    expect(layOutCpus([0, 1, 2, 3], [], { server: [0, 1] })).toEqual({
      mode: 'shared',
      serverCpus: [0, 1],
      clientCpus: [],
    });
  });
});

test('a load generator has a process for each of its own CPUs, and for every fourth shared one', () => {
  const most = (serverCpus: number[], clientCpus: number[], cpus: number) => {
    const mode = serverCpus.length > 0 && clientCpus.length > 0 ? 'isolated' : 'shared';
    return mostGeneratorProcesses({ mode, serverCpus, clientCpus }, cpus);
  };
  expect(most([], [], 2)).toBe(1);
  expect(most([], [], 16)).toBe(4);
  expect(most([], [0, 1], 16)).toBe(1);
  expect(most([0, 1, 2], [3], 4)).toBe(1);
  expect(most([0, 1, 2, 3, 4, 5], [6, 7], 8)).toBe(2);
});

test('a CPU that is not there is refused', () => {
  expect(() => layOutCpus([0, 1], [], { server: [99] })).toThrow(
    'CPU 99 cannot be used here. Available: 0, 1.',
  );
});

test('a CPU list is read as the kernel writes it', () => {
  expect(parseCpuList('--cpus', '0-2,5')).toEqual([0, 1, 2, 5]);
  expect(parseCpuList('--cpus', '3')).toEqual([3]);
});

test.each(['', 'x', '3-1', '1,,2', '-1'])('"%s" is not a CPU list', (text) => {
  expect(() => parseCpuList('--cpus', text)).toThrow(`"${text}" is not`);
});
