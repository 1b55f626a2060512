import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readRunDocument } from '../results/document/read.ts';
import type { RunDocument } from '../results/document/run-document.ts';
import { locust } from '../runner/load/workers/locust.ts';
import { newFolder, type RunningBench, startBench } from './bench.ts';
import { Network, whyNoNetwork } from './network/network.ts';

const found = await locust.probe();
const reason = found.available ? whyNoNetwork() : `${found.reason}; ${found.advice}`;
const describeHere = reason === null ? describe : describe.skip;
const delayMs = 2;
const blocks = 5;

/** Leaves a mark once it is under load. */
const server = `let requests = 0;
  require('node:http').createServer((_, response) => {
    if (++requests === 40) require('node:fs').appendFileSync('loaded', '.');
    setTimeout(() => response.end('ok'), 5);
  }).listen(process.env.PORT, process.env.HOST);`;

/** All clocks of a machine that is 3 s ahead: the monotonic one by a namespace, the other in the process. */
const ahead = ['unshare', '--time', '--monotonic', '3', '--boottime', '3'];
const wallAhead = {
  NODE_OPTIONS: '--import=data:text/javascript,const{now}=Date;Date.now=()=>now()+3000',
};

/**
 * Servers and three load workers, each a machine of its own on one network. What may happen to a worker happens, block
 * after block: nothing, a cut of its network, a stop, its death, and nothing again with another one in its place.
 */
describeHere(`load from several machines${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  let network: Network;
  const workers: RunningBench[] = [];
  let document: RunDocument;
  let stderr = '';
  let code: number | null;

  const startWorker = async (
    name: string,
    host = name,
    more: object = {},
    through: string[] = [],
  ) => {
    const args = ['worker', '--master', network.addressOf('app'), '--name', name];
    const on = [...network.on(host), ...through];
    const worker = await startBench(args, undefined, { prefix: on, ...more });
    workers.push(worker);
    return worker;
  };

  beforeAll(async () => {
    network = await Network.create(['app', 'load1', 'load2', 'load3'], delayMs);
    const app = network.addressOf('app');
    const folder = await newFolder();
    await writeFile(join(folder, 'server.cjs'), server);
    const run = await startBench(
      ['run', '--exec', `${process.execPath} server.cjs`, '--name', 'mine', '--path', '/']
        .concat(
          '--blocks',
          String(blocks),
          '--duration',
          '700ms',
          '--quick',
          '--rate',
          '150',
          '--connections',
          '12',
        )
        .concat('--load-workers', '3', '--server-address', app, '--master-bind', app, '--out', '.'),
      folder,
      { prefix: network.on('app') },
    );
    const first = await startWorker('load1');
    await startWorker('load2', 'load2', { env: wallAhead }, ahead);
    const third = await startWorker('load3');
    await run.says('block 1 /: mine');
    network.cut('load2', 2);
    await run.says('block 2 /: mine');
    third.kill('SIGSTOP');
    setTimeout(() => third.kill('SIGCONT'), 2000);
    await run.says('block 3 /: mine');
    const loaded = () => readFile(join(folder, 'loaded'), 'utf8').catch(() => '');
    const before = await loaded();
    while ((await loaded()) === before) await sleep(20);
    first.kill('SIGKILL');
    await startWorker('load4', 'load1');
    ({ code, stderr } = await run.outcome);
    document = readRunDocument(await readFile(join(folder, 'run.json'), 'utf8'));
  });

  afterAll(async () => {
    for (const worker of workers) {
      worker.kill('SIGINT');
      await worker.outcome;
    }
    await network.destroy();
  });

  const measurementsOf = (block: number) =>
    document.trials.filter((trial) => trial.block === block).flatMap((one) => one.measurements);
  const warningsOf = (block: number) =>
    measurementsOf(block).flatMap(({ warnings }) =>
      warnings.map(({ code, message }) => `${code}: ${message}`),
    );

  test('adds up to one load, to which each worker sends its share', () => {
    for (const { loadWorkers, requests, loop } of measurementsOf(0)) {
      expect(loadWorkers.map(({ name }) => name).toSorted()).toEqual(['load1', 'load2', 'load3']);
      const sum = (key: 'sent' | 'ok') =>
        loadWorkers.reduce((all, one) => all + one.requests[key], 0);
      expect(sum('sent')).toBe(requests.sent);
      expect(sum('ok')).toBe(requests.ok);
      expect(requests.ok).toBe(requests.sent);
      if (loop !== 'open') continue;
      const sent = loadWorkers.map((one) => one.requests.sent);
      expect(Math.max(...sent) - Math.min(...sent)).toBeLessThanOrEqual(1);
    }
  });

  test('reports the way to the server, which no clock makes shorter', () => {
    const roundTrips = measurementsOf(0).flatMap(({ loadWorkers }) =>
      loadWorkers.map(({ serverRoundTripMs }) => serverRoundTripMs),
    );
    expect(Math.min(...roundTrips)).toBeGreaterThanOrEqual(2 * delayMs);
  });

  test('notes a clock that is 3 s ahead, and starts all the same', () => {
    const clock = warningsOf(0).filter((text) => text.startsWith('load-worker-'));
    const note = 'load-worker-clock: the clock of load worker load2 is 3.0 s ahead';
    expect(new Set(clock.map((text) => text.split(';', 1)[0]))).toEqual(new Set([note]));
  });

  test('voids what was measured while a network was cut or a worker stopped', () => {
    expect(warningsOf(1).join()).toMatch(/load-worker-silent: load worker load2 did not answer/);
    expect(warningsOf(2).join()).toMatch(/load-worker-silent: load worker load3 did not answer/);
  });

  test('skips the trial of a worker that dies with a sentence, and goes on with another worker', () => {
    const skipped = document.trials.filter(({ status }) => status !== 'ok');
    expect(skipped).toMatchObject([
      { block: 3, status: 'skipped', reason: 'load worker load1 was lost' },
    ]);
    expect(
      measurementsOf(4)[0]
        ?.loadWorkers.map(({ name }) => name)
        .toSorted(),
    ).toEqual(['load2', 'load3', 'load4']);
    expect(stderr).toContain('load worker load1 was lost');
    expect(code).toBe(1);
  });
});
