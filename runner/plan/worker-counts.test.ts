import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../errors.ts';
import { planRun, type RunFlags, runFlagsSchema } from './run-options.ts';
import { parseWorkerCounts, usualWorkerCounts } from './worker-counts.ts';

const plan = (flags: Partial<RunFlags>) => planRun(runFlagsSchema.parse(flags));

test('the usual numbers of workers end at 8, or at 4 per CPU, and are ten at most', () => {
  expect(usualWorkerCounts(1)).toEqual([1, 2, 3, 4, 6, 8]);
  expect(usualWorkerCounts(4)).toEqual([1, 2, 3, 4, 6, 8, 12, 16]);
  expect(usualWorkerCounts(64)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
});

test.each(['1,2,1', '1,', '0,2', '1-4', '1,2,3,4,5,6,7,8,9,10,11,12,13'])(
  'the list %s is refused',
  (text) => {
    expect(() => parseWorkerCounts(text)).toThrow(UsageError);
  },
);

describe('a plan with several numbers of workers', () => {
  test('has the server once for each, in every block, with connections for the largest', () => {
    const { servers, workloads, budgetSeconds, connections } = plan({
      model: 'pool',
      workload: 'cpu',
      workers: '40,2,8',
    });
    expect(servers.map(({ name, workers, variantOf }) => [name, workers, variantOf])).toEqual([
      ['pool-2', 2, 'pool'],
      ['pool-8', 8, 'pool'],
      ['pool-40', 40, 'pool'],
    ]);
    expect(workloads[0]?.servers).toEqual(['pool-2', 'pool-8', 'pool-40']);
    expect(budgetSeconds).toBeNull();
    expect(connections).toBe(160);
  });

  test('puts the number into the command of a server of the user’s own, and into its name', () => {
    const { servers } = plan({ exec: ['run -w {workers} app'], path: ['/'], workers: '1,2' });
    expect(servers.map(({ name }) => name)).toEqual(['run -w 1 app', 'run -w 2 app']);
    const { arguments: words } = servers[1]?.command({
      host: '127.0.0.1',
      port: 1,
      workers: 2,
      backlog: 1,
    }) ?? { arguments: [] };
    expect(words.at(-1)).toBe('exec env run -w 2 app');
  });

  test('has no two servers of the same name', () => {
    const exec = ['a {workers}', 'b {workers}'];
    const twice = () => plan({ exec, name: ['x', 'x-{workers}'], path: ['/'], workers: '1,2' });
    expect(twice).toThrow('Two servers have the name "x-1"');
  });

  test.each<[Partial<RunFlags>, string]>([
    [{ exec: ['node server.js'] }, 'write {workers} there'],
    [{ url: ['http://localhost:3000/'] }, 'is already running'],
    [{ model: 'event-loop' }, 'event-loop always has one worker'],
  ])('is refused for a server whose workers cannot be chosen: %j', (flags, words) => {
    expect(() => plan({ ...flags, workers: '1,2' })).toThrow(UsageError);
    expect(() => plan({ ...flags, workers: '1,2' })).toThrow(words);
  });
});
