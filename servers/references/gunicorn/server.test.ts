import { expect, test } from '@jest/globals';
import { gunicornGthread, gunicornSync } from './server.ts';

const flagsOf = (server: typeof gunicornSync, workers: number) =>
  server
    .command({ host: '::1', port: 80, workers, backlog: 128 })
    .arguments.filter((word) => /^--(workers|threads|worker-class|bind)=/.test(word));

test.each([
  [20, 5, 4],
  [6, 2, 3],
  [2, 1, 2],
  [7, 7, 1],
])('%d threads are %d processes with %d threads each', (workers, processes, threads) => {
  expect(flagsOf(gunicornGthread, workers)).toEqual([
    '--bind=[::1]:80',
    `--workers=${processes}`,
    `--threads=${threads}`,
    '--worker-class=gthread',
  ]);
});

test('sync workers are processes', () => {
  const flags = ['--bind=[::1]:80', '--workers=5', '--worker-class=sync'];
  expect(flagsOf(gunicornSync, 5)).toEqual(flags);
});

test('the default is as many processes as gunicorn advises, with four threads in each', () => {
  expect(gunicornSync.defaultWorkers(2)).toBe(5);
  expect(gunicornGthread.defaultWorkers(2)).toBe(20);
});
