import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readRunDocument } from '../results/document/read.ts';
import { benchVersion } from '../servers/package-root.ts';
import { bench, leftovers, newFolder, startBench } from './bench.ts';
import {
  connectNamespaces,
  leftThere,
  type Namespaces,
  noNamespaces,
  noSshServer,
  type OtherMachine,
  processThere,
  startSshServer,
} from './other-machines.ts';

const cli = resolve(import.meta.dirname, '../dist/runner/bin.js');
const ownBench = `${process.execPath} ${cli}`;

const short = ['--quick', '--duration', '500ms', '--connections', '4', '--out', '.'];
const oneModel = ['--model', 'event-loop', '--workload', 'hello', ...short];

const documentIn = async (folder: string) =>
  readRunDocument(await readFile(join(folder, 'run.json'), 'utf8'));

const whyNoNamespaces = noNamespaces();
const whyNoSsh = noSshServer();
const withNamespaces = whyNoNamespaces === null ? describe : describe.skip;
const withSsh = whyNoSsh === null ? describe : describe.skip;

/** For the title of tests that are skipped. */
const because = (reason: string | null) => (reason === null ? '' : ` (skipped: ${reason})`);

withNamespaces(`a server in another network namespace${because(whyNoNamespaces)}`, () => {
  let there: Namespaces;
  beforeAll(async () => {
    there = await connectNamespaces();
  });
  afterAll(() => there.remove());

  const onOther = (...args: string[]) =>
    ['run', '--server-on', there.prefix, '--server-address', there.serverAddress].concat(args);
  const start = (args: readonly string[]) =>
    startBench(args, undefined, { prefix: there.clientPrefix });

  test('is measured with all that is read about a server beside the load generator', async () => {
    const exec = `${process.execPath} -e "require('http').createServer((q, r) => r.end('mine')).listen(process.env.PORT, process.env.HOST)"`;
    const running = await start(
      onOther('--exec', exec, '--name', 'mine', '--path', '/', '--blocks', '1', ...oneModel),
    );
    const { code, stdout, stderr } = await running.outcome;
    expect(stderr).not.toContain('failed');
    expect(code).toBe(0);
    expect(stdout).toMatch(/The servers ran on .* through ip/);
    const { plan, trials, noiseProbes } = await documentIn(running.folder);
    expect(plan.serverOn).toMatchObject({
      via: 'ip',
      address: there.serverAddress,
      sharesCpus: true,
    });
    expect(new Map(trials.map(({ server, status }) => [server, status]))).toEqual(
      new Map([
        ['event-loop', 'ok'],
        ['mine', 'ok'],
      ]),
    );
    const [measured] = trials.find(({ server }) => server === 'event-loop')?.measurements ?? [];
    expect(measured?.requests.ok).toBeGreaterThan(0);
    expect(measured?.server.cpuSeconds).toBeGreaterThan(0);
    expect(measured?.server.pssBytes).toBeGreaterThan(2 ** 20);
    expect(measured?.host.busyCpuSeconds).toBeGreaterThan(0);
    expect(measured?.kernel.listenOverflows).not.toBeNull();
    expect(measured?.intervals.some(({ eventLoopDelayMs }) => eventLoopDelayMs !== null)).toBe(
      true,
    );
    expect(measured?.intervals.some(({ serverCpuSeconds }) => serverCpuSeconds)).toBe(true);
    expect(noiseProbes).toHaveLength(1);
    expect(await leftThere(there)).toEqual([]);
  });

  test('is gone after its runner was killed', async () => {
    const running = await start(onOther('--blocks', '9', ...oneModel));
    await processThere(there, 'event-loop/main');
    running.kill('SIGKILL');
    await running.outcome;
    expect(await leftThere(there)).toEqual([]);
    expect(await leftovers(running)).toEqual([]);
  });

  test('is gone after an interrupt, and what was measured is reported', async () => {
    const running = await start(onOther('--blocks', '50', ...oneModel));
    await processThere(there, 'event-loop/main');
    running.kill('SIGINT');
    const { code, stderr } = await running.outcome;
    expect(stderr).toContain('interrupted');
    expect(code).toBe(130);
    expect((await documentIn(running.folder)).status).toBe('interrupted');
    expect(await leftThere(there)).toEqual([]);
  });

  test('is gone with its agent, which ends the run and keeps the finished trials', async () => {
    // Few blocks: a run waits for other programs for a share of its planned time.
    const running = await start(onOther('--blocks', '3', ...oneModel));
    const agent = await processThere(there, 'bin.js agent');
    await running.says('req/s');
    process.kill(agent, 'SIGKILL');
    const { code, stderr } = await running.outcome;
    expect(stderr).toMatch(/the connection to .* was lost: was killed by SIGKILL/);
    expect(stderr).toMatch(/finished trials? (is|are) in /);
    expect(code).toBe(1);
    expect((await documentIn(running.folder)).status).toBe('failed');
    expect(await leftThere(there)).toEqual([]);
  });

  test('that cannot be started is a failed trial with what it printed', async () => {
    const running = await start(
      onOther('--exec', 'sh -c "echo not today; exit 3"', '--path', '/', ...short),
    );
    const { code, stderr } = await running.outcome;
    expect(stderr).toMatch(/exited with status 3 before it was ready.*\n.*not today/);
    expect(code).toBe(1);
  });

  test('is examined by bench doctor, and so is the way there', async () => {
    const args = onOther().with(0, 'doctor');
    const { stdout, stderr } = await bench(args, undefined, { prefix: there.clientPrefix });
    expect(stderr).not.toContain('bug');
    expect(stdout).toMatch(/^Connection\n✓ bench .* on both sides, through ip\n! machine /);
    expect(stdout).toMatch(/^✓ round trip .* ms for a connection to 198\.18\.0\.2/m);
    expect(stdout).toMatch(/^Machine of the servers\n[^✓!✗]*Node\.js 2/m);
    expect(stdout).toMatch(/^✓ event-loop /m);
    expect(stdout).toMatch(/^This machine\n/m);
    expect(await leftThere(there)).toEqual([]);
  });

  test('needs an address that the load can reach', async () => {
    const to = (...address: string[]) =>
      bench(['run', '--server-on', there.prefix, ...address, ...oneModel]);
    const without = await to();
    expect(without.stderr).toMatch(/--server-on needs --server-address: .* it has 198\.18\.0\.2/);
    expect(without.code).toBe(2);
    const loopback = await to('--server-address', '127.0.0.1');
    expect(loopback.stderr).toContain('this machine does not reach it');
    expect(loopback.code).toBe(2);
  });
});

withSsh(`a server behind ssh${because(whyNoSsh)}`, () => {
  let there: OtherMachine;
  beforeAll(async () => {
    there = await startSshServer();
  });
  afterAll(() => there.remove());

  const onOther = (...args: string[]) =>
    ['run', '--server-on', there.prefix, '--server-bench', ownBench].concat(args, oneModel);

  test('is measured', async () => {
    const running = await startBench(onOther('--blocks', '1'));
    const { code, stderr } = await running.outcome;
    expect(stderr).not.toContain('failed');
    expect(code).toBe(0);
    const { plan, trials } = await documentIn(running.folder);
    expect(plan.serverOn).toMatchObject({ via: 'ssh', address: '127.0.0.1' });
    const [measured] = trials[0]?.measurements ?? [];
    expect(measured?.requests.ok).toBeGreaterThan(0);
    expect(measured?.server.cpuSeconds).toBeGreaterThan(0);
    expect(await leftThere(there)).toEqual([]);
  });

  test('is gone after the runner was killed', async () => {
    const running = await startBench(onOther('--blocks', '50'));
    await processThere(there, 'event-loop/main');
    running.kill('SIGKILL');
    await running.outcome;
    expect(await leftThere(there)).toEqual([]);
  });

  test('is gone after ssh was killed, and the run says so', async () => {
    const running = await startBench(onOther('--blocks', '50'));
    await processThere(there, 'event-loop/main');
    const clients = (await running.descendants()).filter(({ commandLine }) =>
      commandLine.startsWith('ssh -F'),
    );
    expect(clients).toHaveLength(1);
    for (const { pid } of clients) process.kill(pid, 'SIGKILL');
    const { code, stderr } = await running.outcome;
    expect(stderr).toContain('was lost: was killed by SIGKILL');
    expect(code).toBe(1);
    expect(await leftThere(there)).toEqual([]);
  });

  test('cannot be started where there is no bench', async () => {
    const { code, stderr } = await bench(['run', '--server-on', there.prefix, ...oneModel], '/', {
      env: { PATH: process.env['PATH'] },
    });
    expect(stderr).toMatch(/bench could not be started with "ssh -F .*": exited with status 127/);
    expect(stderr).toContain('--server-bench');
    expect(code).toBe(1);
  });
});

describe('bench on the machine of the servers', () => {
  test('must have the same version', async () => {
    const other = join(await newFolder(), 'other-bench');
    await writeFile(other, `#!/bin/sh\necho '{"type":"ready","version":"0.0.1"}'\nexec cat\n`);
    await chmod(other, 0o755);
    const { code, stderr } = await bench(
      ['run', '--server-on', 'env', '--server-bench', other].concat(oneModel),
    );
    expect(stderr).toContain(`its version there is 0.0.1, and ${benchVersion} here`);
    expect(code).toBe(1);
  });

  test.each([
    [['--server-bench', 'bench'], '--server-bench needs --server-on'],
    [['--server-on', ' '], '--server-on must be the beginning of a command'],
    [['--server-on', 'env', '--app', cli], '--app and --server-on exclude each other'],
    [['--server-on', 'env', '--url', 'http://localhost:1'], '--url and --server-on exclude'],
    [['--server-on', 'env', '--workload', 'crud'], 'out of reach of'],
    [['--server-address', '0.0.0.0'], '--server-address must be an IP address'],
  ])('%s is refused', async (args, words) => {
    const { code, stderr } = await bench(['run', ...args, '--dry-run']);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });
});
