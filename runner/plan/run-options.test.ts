import { describe, expect, test } from '@jest/globals';
import { lessonModels, lessonWorkloads } from '../../results/lesson/claims.ts';
import { sumOf } from '../../results/statistics/summary.ts';
import { servers } from '../../servers/index.ts';
import { golden } from '../../test/golden/documents.ts';
import { UsageError } from '../errors.ts';
import { firstBlocksSeconds } from './block-seconds.ts';
import { profiles } from './budget.ts';
import { earlierRun } from './like.ts';
import { planRun, type RunFlags, runFlagsSchema } from './run-options.ts';
import { windowsOf } from './windows.ts';

const plan = (flags: Partial<RunFlags>) => planRun(runFlagsSchema.parse(flags));
const get = { path: '/', weight: 1 };

test('a run like an earlier one has its rates, seed, windows, connections and blocks, unless a flag says otherwise', () => {
  const like = earlierRun(golden('full'), 'base.json');
  const flags = runFlagsSchema.parse({ workload: 'io', blocks: '7' });
  const { plan: base, seed } = golden('full');
  const { connections, durationSeconds, warmupSeconds } = base;
  const planned = planRun(flags, undefined, null, like);
  expect(planned).toMatchObject({ blocks: 7, seed, connections, durationSeconds, warmupSeconds });
  expect(planned.budgetSeconds).toBeNull();
  expect([...planned.ratesPerSecond.keys()]).toEqual(base.workloads.map(({ name }) => name));
  expect(like.blocks).toBe(base.blocks);
  const chosen = planRun(
    runFlagsSchema.parse({ workload: 'io', rate: '90' }),
    undefined,
    null,
    like,
  );
  expect(chosen.ratesPerSecond.get('io')).toBe(90);
});

test('a run that measured nothing is not followed', () => {
  const document = { ...golden('full'), trials: [] };
  expect(() => earlierRun(document, 'base.json')).toThrow('that run measured nothing');
});

test.each([
  [{ connections: 10_000_000 }, 'that run has 10000000 connections; at most 65535'],
  [{ durationSeconds: 1e9 }, 'seconds per window; at most 7200'],
])('a run with figures that no flag may have is not followed: %j', (change, words) => {
  const document = golden('full');
  const plan = { ...document.plan, ...change };
  expect(() => earlierRun({ ...document, plan }, 'base.json')).toThrow(words);
});

test('a run of other work is not followed', () => {
  const like = earlierRun(golden('full'), 'base.json');
  const flags = runFlagsSchema.parse({ workload: 'io?ms=7' });
  expect(() => planRun(flags, undefined, null, like)).toThrow(
    '--like base.json cannot be used for io: that run does not have it with the same parameters',
  );
});

test('an assertion about response times keeps their windows in all blocks', () => {
  const flags = { model: 'pool', workload: 'cpu', assert: ['pool p50 < 9ms'] };
  expect(plan(flags).workloads).toMatchObject([{ assertedWindows: ['shared'] }]);
});

const defaultModels = ['event-loop', 'prefork', 'pool'];

describe('a flag that cannot be used', () => {
  test.each<[Partial<RunFlags>, string]>([
    [{ model: 'prefrok' }, 'unknown model "prefrok"; did you mean prefork?'],
    [{ workload: 'cpv' }, 'unknown workload "cpv"; did you mean cpu?'],
    [{ fairness: 'demnad' }, 'unknown fairness mode "demnad"; did you mean demand?'],
    [{ model: 'pool,pool' }, '--model has "pool" more than once'],
    [{ workload: 'io?ms=fast' }, 'ms must be a whole number from 0 to 60000'],
    [{ workload: 'io?sec=5' }, 'unknown parameter'],
    [{ workload: 'io?ms=1,io?ms=2' }, '--workload has "io" more than once'],
    [{ workload: 'io?ms=1?ms=2' }, 'ms must be a whole number'],
    [{ workload: ',' }, '--workload has an empty name'],
    [{ duration: '' }, '--duration must be a time'],
    [{ duration: 'abc' }, '--duration must be a time above 0'],
    [{ connections: '0' }, '--connections must be a whole number from 1 to 65535'],
    [{ workers: '-3' }, '--workers must be a whole number'],
    [{ seed: 'x' }, '--seed must be a whole number'],
    [{ rate: '1000000', duration: '1h' }, '--duration must be a time'],
    [{ strict: true }, '--strict has nothing to judge: add --assert'],
    [{ rate: '1000000', duration: '60m' }, 'lower --rate or --duration'],
    [{ cpus: '3-1' }, '--cpus must be a list of CPUs'],
    [{ cpus: '4000' }, 'CPU 4000 cannot be used here'],
    [{ quick: true, rigorous: true }, 'exclude each other'],
    [{ netpollers: '0' }, '--netpollers must be a whole number from 1 to 1000'],
    [{ queueLimit: 'all' }, '--queue-limit must be a whole number'],
    [{ model: 'event-loop,prefork', netpollers: '2' }, '--netpollers is for the model pool'],
    [{ url: ['http://192.0.2.1/'] }, 'add --allow-remote'],
    [{ url: ['nonsense'] }, 'must be an http or https URL'],
    [{ url: ['http://me:secret@localhost/'] }, 'must not contain a user or a password'],
    [{ path: ['/x'] }, '--path needs --app, --exec or --url'],
    [{ exec: ['a'], path: ['/x', '/y'] }, '--path can be given once'],
    [{ exec: ['a'], path: ['no slash'] }, '--path must be a path that starts with one /'],
    [{ exec: ['a'], path: ['//127.0.0.2/x'] }, '--path must be a path that starts with one /'],
    [{ requests: [get] }, '--request needs --app, --exec or --url'],
    [{ exec: ['a'], path: ['/x'], requests: [get] }, '--path and --request exclude each other'],
    [{ url: ['http://localhost/x'], requests: [get] }, 'must have no path'],
    [{ exec: ['a'], headers: { a: 'b' } }, '--header needs --request or --path'],
    [
      { exec: ['a'], requests: [{ ...get, bodyFile: '/absent' }] },
      '/absent cannot be read: no such',
    ],
    [{ exec: ['a', 'a'] }, 'rename one with --name'],
    [{ exec: ['a'], name: ['pool'], model: 'pool' }, 'rename one with --name'],
    [{ exec: [' '] }, '--exec must be a command'],
    [{ exec: ['a'], name: ['b', 'c'] }, '"c" belongs to no server'],
  ])('is refused in a sentence: %j', (flags, words) => {
    expect(() => plan(flags)).toThrow(UsageError);
    expect(() => plan(flags)).toThrow(words);
  });
});

describe('a module of the user’s own', () => {
  const app = { path: './app.js', moduleUrl: 'file:///app.js', kind: 'fetch' } as const;
  const planApp = (flags: Partial<RunFlags>) =>
    planRun(runFlagsSchema.parse({ ...flags, app: app.path }), profiles.quick, app);

  test.each<[Partial<RunFlags>, string]>([
    [{ model: 'pool,express' }, 'express cannot host --app: choose from event-loop, prefork'],
    [{ references: true }, '--references and --app exclude each other'],
    [{ workload: 'io' }, '--workload and --app exclude each other'],
    [{ exec: ['node server.js'] }, '--app beside --exec or --url needs --path'],
    [{ path: ['x'] }, '--path must be a path that starts with one /'],
    [{ url: ['http://localhost/x'] }, '--app beside --exec or --url needs --path'],
    [{ model: 'pool' }, 'pool cannot host ./app.js: a Fetch handler cannot move'],
  ])('is not planned with %j', (flags, words) => {
    expect(() => planApp(flags)).toThrow(UsageError);
    expect(() => planApp(flags)).toThrow(words);
  });

  test('is hosted by every model, on each path', () => {
    const { servers, workloads } = planApp({ path: ['/a', '/b', '/a'] });
    const names = ['event-loop', 'prefork', 'pool', 'threads'];
    expect(servers.map(({ name }) => name)).toEqual(names);
    expect(workloads).toMatchObject([
      { name: '/a', isUnknown: true, servers: names },
      { name: '/b', isUnknown: true, servers: names },
    ]);
    expect(planApp({}).workloads).toMatchObject([{ name: '/' }]);
  });

  test('is compared with a server of the user’s own on the same path', () => {
    const { workloads } = planApp({ model: 'threads', exec: ['a'], path: ['/a'] });
    expect(workloads).toMatchObject([{ name: '/a', servers: ['threads', 'a'] }]);
  });
});

describe('the servers of a run', () => {
  const namesFor = (flags: Partial<RunFlags>) => plan(flags).servers.map(({ name }) => name);

  test('are three models unless the user names any', () => {
    expect(namesFor({})).toEqual(defaultModels);
    expect(namesFor({ model: 'pool' })).toEqual(['pool']);
    expect(namesFor({ exec: ['mine'] })).toEqual(['mine']);
  });

  test('include the references of the chosen models if wanted', () => {
    const expected = servers
      .filter(({ name, modelledBy }) => name === 'prefork' || modelledBy === 'prefork')
      .map(({ name }) => name);
    expect(namesFor({ model: 'prefork', references: true })).toEqual(expected);
    expect(expected.length).toBeGreaterThan(1);
  });

  test('get the settings of the pool only if they are the pool', () => {
    const { servers } = plan({ model: 'event-loop,pool', queueLimit: '100' });
    expect(servers.map(({ settings }) => settings)).toEqual([
      undefined,
      { options: { 'queue-limit': 100 }, environment: { QUEUE_LIMIT: '100' } },
    ]);
  });
});

test('a workload may bring its own number of connections, as a parameter', () => {
  const connectionsOf = (workload: string) =>
    plan({ workload, connections: '8' }).workloads.map(({ connections }) => connections);
  expect(connectionsOf('users,io')).toEqual([10_000, undefined]);
  expect(connectionsOf('users?connections=500')).toEqual([500]);
});

test('the lesson has time for four blocks of all its servers within 15 minutes', () => {
  const model = [...lessonModels, 'express', 'uwsgi-flask', 'go-net-http'].join(',');
  const flags = runFlagsSchema.parse({ model, workload: lessonWorkloads.join(',') });
  const lesson = planRun(flags, profiles.lesson);
  expect(lesson.budgetSeconds).toBeLessThan(15 * 60);
  expect(lesson.extraSeconds).toBe(0);
  expect(lesson.durationSeconds).toBeGreaterThan(1);
  expect(firstBlocksSeconds(lesson.workloads, lesson, 4)).toBeLessThan(15 * 60);
});

test('custom servers with a path get that path, and the others get the workloads', () => {
  const { workloads } = plan({
    exec: ['mine'],
    url: ['http://localhost:3000/users'],
    model: 'pool',
    workload: 'hello,io?ms=5',
  });
  expect(workloads.map(({ name, servers }) => [name, servers])).toEqual([
    ['hello', ['pool', 'mine']],
    ['io', ['pool', 'mine']],
    ['/users', ['http://localhost:3000/users']],
  ]);
  expect(workloads[1]?.parameters).toEqual({ ms: 5 });
  expect(workloads[2]?.classes).toMatchObject([{ path: '/users', expectedBody: null }]);
});

test('several requests are one workload for all custom servers, with a class for each', () => {
  const { workloads } = plan({
    exec: ['mine'],
    url: ['http://localhost:3000'],
    headers: { accept: 'text/html', 'X-A': 'all' },
    requests: [
      { path: '/orders', weight: 3, headers: { Accept: 'text/plain' } },
      { path: '/orders', weight: 1, body: '{}', status: 201, contains: 'id' },
      { path: '/orders', weight: 1, method: 'POST' },
    ],
  });
  expect(workloads).toHaveLength(1);
  expect(workloads[0]).toMatchObject({
    name: 'requests',
    servers: ['mine', 'http://localhost:3000'],
    classes: [
      { name: 'GET /orders', weight: 3, headers: { Accept: 'text/plain', 'X-A': 'all' } },
      { name: 'POST /orders', body: '{}', expectedStatus: 201, expectedText: 'id' },
      { name: 'POST /orders (2)', method: 'POST' },
    ],
  });
});

test('connections are 64 or four per worker of the server with the most, unless the user chooses', () => {
  const connectionsOf = (flags: Partial<RunFlags>) => plan(flags).connections;
  expect(connectionsOf({ model: 'event-loop' })).toBe(64);
  expect(connectionsOf({ workers: '16' })).toBe(64);
  expect(connectionsOf({ workers: '65' })).toBe(260);
  expect(connectionsOf({ workers: '65', connections: '8' })).toBe(8);
});

describe('fairness', () => {
  const flags = { model: 'pool,go-net-http,prefork', workload: 'io,cpu', quick: true };

  test('by work adds nothing', () => {
    const { workloads, furtherWindows } = plan(flags);
    expect(workloads.flatMap(({ sweptServers }) => sweptServers)).toEqual([]);
    expect(furtherWindows).not.toContain('proportional');
  });

  test('by demand compares models with their references at more loads', () => {
    const { workloads, furtherWindows } = plan({ ...flags, fairness: 'demand', blocks: '3' });
    for (const { sweptServers } of workloads) expect(sweptServers).toEqual(['pool', 'go-net-http']);
    expect(furtherWindows).toContain('proportional');
  });

  test('by demand leaves time for calibration, once for the same request in two workloads', () => {
    const measuredSeconds = (changed: Partial<RunFlags>) => {
      const timed = plan({ model: 'pool,prefork', quick: true, ...changed });
      const windows = timed.workloads.flatMap((workload) => windowsOf(workload, timed, 1));
      return sumOf(windows.map(({ seconds }) => seconds));
    };
    const [byWork, same, different] = [
      measuredSeconds({ workload: 'cpu?n=27,mixed?n=27' }),
      measuredSeconds({ workload: 'cpu?n=27,mixed?n=27', fairness: 'demand' }),
      measuredSeconds({ workload: 'cpu?n=27,mixed?n=26', fairness: 'demand' }),
    ];
    expect(byWork).toBeGreaterThan(same ?? 0);
    expect(same).toBeGreaterThan(different ?? 0);
  });
});
