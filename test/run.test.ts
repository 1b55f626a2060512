import { mkdir, readdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Trial } from '../results/document/run-document.ts';
import { readRunFile } from '../runner/commands/saved-run.ts';
import {
  bench,
  leftovers,
  newFolder,
  nextProcess,
  type Outcome,
  type RunningBench,
  startBench,
} from './bench.ts';
import { golden } from './golden/documents.ts';

async function documentIn(folder: string) {
  return readRunFile(join(folder, 'run.json'));
}

const summarySchema = z.looseObject({
  run: z.string(),
  report: z.string(),
  cells: z.array(
    z.looseObject({
      server: z.string(),
      workload: z.string(),
      closedLoopRequestsPerSecond: z.looseObject({ median: z.number() }).nullable(),
      failedRequests: z.int(),
    }),
  ),
});

describe('bench run', () => {
  let folder: string;
  let outcome: Outcome;
  // Few requests, which keep the load generator idle: no other program makes these windows void.
  const few = ['--workload', 'mixed?ms=20&n=10', '--connections', '2', '--duration', '300ms'];
  const args = ['run', '--quick', '--blocks', '2', ...few, '--json', '--out', '.'];
  beforeAll(async () => {
    folder = await newFolder();
    outcome = await bench(args, folder);
  });

  test('measures every model, accounts for each request and prints a throughput for each as JSON', async () => {
    expect(outcome.stderr).not.toContain('failed');
    expect(outcome.code).toBe(0);
    const { cells, run } = summarySchema.parse(JSON.parse(outcome.stdout));
    const models = ['event-loop', 'prefork', 'pool'];
    expect(cells.map(({ server }) => server)).toEqual(models);
    for (const { closedLoopRequestsPerSecond, failedRequests } of cells) {
      expect(failedRequests).toBe(0);
      expect(closedLoopRequestsPerSecond?.median).toBeGreaterThan(0);
    }

    const document = await readRunFile(run);
    expect(document.status).toBe('complete');
    for (const { measurements, curve } of document.trials) {
      expect(curve.length).toBeGreaterThan(0);
      for (const { requests } of [...measurements, ...curve]) {
        const { sent, ok, non2xx, timeouts, errors } = requests;
        expect(sent).toBeGreaterThan(0);
        expect(ok + non2xx + timeouts + errors).toBe(sent);
      }
    }
  });

  test('measures the same loads of the curve on every server, up to one that is too much for it', async () => {
    const { trials } = await documentIn(folder);
    const loadsOf = (one: number) =>
      trials
        .filter(({ block }) => block === one)
        .map(({ curve }) => curve.map(({ offeredPerSecond }) => offeredPerSecond));
    for (const block of [0, 1]) {
      const all = loadsOf(block);
      // Loads that one server alone is measured at are its own.
      const common = all
        .map((loads) =>
          loads.filter((load) => all.some((one) => one !== loads && one.includes(load))),
        )
        .toSorted((a, b) => b.length - a.length);
      const [first = [], ...others] = common;
      expect(first.length).toBeGreaterThan(0);
      for (const loads of others) expect(loads).toEqual(first.slice(0, loads.length));
    }
  });

  test('makes a report that bench report makes again from the saved run, and verifies', async () => {
    const report = await readFile(join(folder, 'report.html'), 'utf8');
    const again = await bench(['report', 'run.json', '--out', '-'], folder);
    expect(again.code).toBe(0);
    expect(again.stdout).toBe(report);
    expect((await bench(['report', '--verify', 'report.html'], folder)).code).toBe(0);
    await writeFile(join(folder, 'touched.html'), report.replace('</h1>', '!</h1>'));
    const touched = await bench(['report', '--verify', 'touched.html'], folder);
    expect(touched.code).toBe(1);
    expect(touched.stderr).toContain('differs from its run data from line');
  });

  test('does not write over an earlier run', async () => {
    const before = await readFile(join(folder, 'run.json'), 'utf8');
    const { code, stderr } = await bench(args, folder);
    expect(code).toBe(2);
    expect(stderr).toContain('already holds a run');
    expect(await readFile(join(folder, 'run.json'), 'utf8')).toBe(before);
  });
});

test('a run is compared with itself without a regression, and with a slower one with exit status 1', async () => {
  const folder = await newFolder();
  const base = golden('full');
  const halved = (trial: Trial): Trial => ({
    ...trial,
    measurements: trial.measurements.map((measurement) => ({
      ...measurement,
      throughputPerSecond: measurement.throughputPerSecond / 2,
    })),
  });
  await writeFile(join(folder, 'base.json'), JSON.stringify(base));
  await writeFile(
    join(folder, 'slower.json'),
    JSON.stringify({ ...base, trials: base.trials.map(halved) }),
  );
  const compare = (next: string) =>
    bench(['compare', 'base.json', next, '--fail-on-regression', '5%'], folder);
  expect((await compare('base.json')).code).toBe(0);
  const slower = await compare('slower.json');
  expect(slower.code).toBe(1);
  expect(slower.stdout).toContain('✗ worse');
  expect(slower.stderr).toContain('regressions over 5 %');
});

const onLinux = process.platform === 'linux' ? describe : describe.skip;
if (process.platform !== 'linux') {
  process.stderr.write(
    'skipped: the tests of processes that are left read /proc, which only Linux has\n',
  );
}

/**
 * Under one connection in a closed loop this server has one request at a time. The check before the
 * first block and the first trial, which has no open loop, leave a file each; in the second trial, two requests at a time
 * show that the open loop has begun, and make another file.
 */
const busyServer = `
const { existsSync, writeFileSync } = require('node:fs');
const second = existsSync('checked') && existsSync('launched');
writeFileSync(existsSync('checked') ? 'launched' : 'checked', '');
let inFlight = 0;
require('node:http').createServer((_, response) => {
  inFlight += 1;
  if (second && inFlight === 2) writeFileSync('busy', '');
  setTimeout(() => { inFlight -= 1; response.end('done'); }, 10);
}).listen(process.env.PORT, '127.0.0.1');`;

onLinux('a run that ends early', () => {
  const args = ['run', '--model', 'prefork', '--workload', 'hello', '--out', '.'];
  // Longer than any test, but not by much: a run waits for other programs for a share of its planned time.
  const long = ['--quick', '--duration', '300ms', '--blocks', '4', '--connections', '8'];
  const untilSecondBlock = async (): Promise<RunningBench> => {
    const running = await startBench([...args, ...long]);
    await running.says('block 2 hello: prefork');
    return running;
  };

  test('by SIGTERM keeps its trials, makes the report and leaves no process', async () => {
    const running = await untilSecondBlock();
    running.kill('SIGTERM');
    const { code, stderr } = await running.outcome;
    expect(code).toBe(130);
    expect(stderr).toMatch(/bench: interrupted; the report covers what was measured/);
    expect(await leftovers(running)).toEqual([]);
    const document = await documentIn(running.folder);
    expect(document.status).toBe('interrupted');
    expect(document.trials.length).toBeGreaterThanOrEqual(2);
    expect(document.trials.filter(({ status }) => status !== 'ok').length).toBeLessThanOrEqual(1);
    expect((await stat(join(running.folder, 'report.html'))).size).toBeGreaterThan(10_000);
  });

  test('whose document cannot be written names the log, which has its trials', async () => {
    const running = await untilSecondBlock();
    const document = await readFile(join(running.folder, 'run.json'), 'utf8');
    await rm(join(running.folder, 'run.json'));
    await mkdir(join(running.folder, 'run.json'));
    running.kill('SIGTERM');
    const { code, stderr } = await running.outcome;
    expect(code).toBe(1);
    expect(stderr).toMatch(/run\.json cannot be written: .* trials are in .*run\.log\.ndjson/);
    await rmdir(join(running.folder, 'run.json'));
    await writeFile(join(running.folder, 'run.json'), document);
    expect((await documentIn(running.folder)).trials.length).toBeGreaterThanOrEqual(2);
  });

  test('by SIGINT in the middle of a trial keeps what that trial had measured, and says so', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'server.cjs'), busyServer);
    const running = await startBench(
      ['run', '--exec', `${process.execPath} server.cjs`, '--name', 'mine', '--path', '/']
        .concat('--quick', '--duration', '2s', '--blocks', '2', '--connections', '1')
        .concat('--out', '.', '--rate', '200'),
      folder,
    );
    await running.says('block 1 ');
    while (!(await readdir(folder)).includes('busy')) await delay(20);
    running.kill('SIGINT');
    const { code, stderr } = await running.outcome;
    expect(code).toBe(130);
    expect(stderr).toMatch(/block 2 \/: mine interrupted\n/);
    expect(stderr).toMatch(/bench: interrupted; the report covers what was measured/);
    const { trials } = await documentIn(folder);
    expect(await leftovers(running)).toEqual([]);
    expect(trials.map(({ status }) => status)).toEqual(['ok', 'interrupted']);
    expect(trials[1]?.measurements.map(({ loop }) => loop)).toEqual(['closed']);
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain(
      'The run was interrupted: 1 trial gave results.',
    );
  });

  test('by kill -9 keeps its trials, leaves no process, and a report can still be made', async () => {
    const running = await untilSecondBlock();
    while ((await running.descendants()).length === 0) await delay(5);
    running.kill('SIGKILL');
    await running.outcome;
    expect(await leftovers(running)).toEqual([]);
    const document = await documentIn(running.folder);
    expect(document.trials.length).toBeGreaterThanOrEqual(2);
    const { code } = await bench(['report', 'run.json'], running.folder);
    expect(code).toBe(0);
    expect((await stat(join(running.folder, 'report.html'))).size).toBeGreaterThan(10_000);
  });

  test('because its server was killed reports that, keeps what was measured and goes on', async () => {
    const args = ['run', '--model', 'event-loop', '--workload', 'hello', '--out', '.', '--quick'];
    const running = await startBench(
      args.concat('--duration', '500ms', '--blocks', '3', '--connections', '8'),
    );
    await running.says('block 1 ');
    process.kill(await nextProcess(running, 'servers/event-loop'), 'SIGKILL');
    const { code, stderr } = await running.outcome;
    expect(code).toBe(1);
    expect(stderr).toContain('by SIGKILL');
    const { trials, status } = await documentIn(running.folder);
    expect(status).toBe('complete');
    expect(trials.filter((trial) => trial.status === 'ok')).toHaveLength(2);
    expect(trials.filter((trial) => trial.status === 'failed')).toHaveLength(1);
    expect(await leftovers(running)).toEqual([]);
  });
});

describe('bench run --fairness demand', () => {
  test('sends each server requests that cost it the CPU time of the first server, and reports them', async () => {
    const folder = await newFolder();
    const what = '--fairness demand --model event-loop,pool --workload io?ms=5,cpu?n=26';
    const short = '--quick --blocks 1 --duration 300ms --connections 8 --out .';
    const { code, stderr } = await bench(['run', ...`${what} ${short}`.split(' ')], folder);
    expect(stderr).toContain('calibrating demand: pool');
    expect(code).toBe(0);
    const { plan, calibratedRequests, trials } = await documentIn(folder);
    expect(plan.fairness).toBe('demand');
    expect(calibratedRequests.map(({ server, workload }) => [server, workload])).toEqual([
      ['event-loop', 'cpu'],
      ['pool', 'cpu'],
    ]);
    const [standard, pool] = calibratedRequests;
    expect(standard).toMatchObject({ path: '/cpu?n=26', reason: null });
    const { n = 26, times = 1 } = pool?.parameters ?? {};
    expect(n).toBeLessThan(26);
    expect(times).toBeGreaterThan(1);
    expect(pool?.path).toBe(`/cpu?n=${n}&times=${times}`);
    expect(pool?.cpuSeconds).toBeGreaterThan(0);
    for (const { status, measurements } of trials) {
      expect(status).toBe('ok');
      expect(measurements[0]?.requests).toMatchObject({ mismatched: 0, non2xx: 0 });
    }
  });
});
