import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readRunDocument } from '../results/document/read.ts';
import { packageRoot } from '../servers/package-root.ts';
import { bench, leftovers, newFolder, startBench } from './bench.ts';

const short = [
  '--quick',
  '--duration',
  '200ms',
  '--blocks',
  '1',
  '--connections',
  '4',
  '--out',
  '.',
];

const answering = (answer: string) =>
  `require('node:http').createServer((_, response) => { ${answer} }).listen(process.env.PORT, '127.0.0.1');`;

async function documentIn(folder: string) {
  return readRunDocument(await readFile(join(folder, 'run.json'), 'utf8'));
}

const trialsIn = async (folder: string) => (await documentIn(folder)).trials;

describe('a server of the user’s own', () => {
  test('is measured on its path beside a model on its workload', async () => {
    const folder = await newFolder();
    const exec = `${process.execPath} -e "${answering("response.end('mine');")}"`;
    const { code, stderr } = await bench(
      ['run', '--exec', exec, '--name', 'mine', '--path', '/api/users']
        .concat('--model', 'event-loop', '--workload', 'hello')
        .concat(short),
      folder,
    );
    expect(stderr).not.toContain('failed');
    expect(code).toBe(0);
    const cells = (await trialsIn(folder)).map(({ server, workload, status }) => [
      server,
      workload,
      status,
    ]);
    expect(cells).toContainEqual(['mine', '/api/users', 'ok']);
    expect(cells).toContainEqual(['event-loop', 'hello', 'ok']);
    expect(cells).toHaveLength(2);
  });

  test('starts once for all workloads of a block, after a check', async () => {
    const folder = await newFolder();
    const main = join(packageRoot, 'dist/servers/event-loop/main.js');
    const command = `sh -c 'echo started >> starts; exec ${process.execPath} ${main}'`;
    const { code, stderr } = await bench(
      ['run', '--exec', command, '--name', 'mine', '--workload', 'io?ms=1,cpu?n=5']
        .concat('--quick', '--blocks', '2', '--duration', '200ms', '--connections', '2')
        .concat('--out', '.'),
      folder,
    );
    expect(stderr).not.toContain('failed');
    expect(code).toBe(0);
    expect(await trialsIn(folder)).toHaveLength(4);
    expect(await readFile(join(folder, 'starts'), 'utf8')).toBe('started\n'.repeat(1 + 2));
  });

  test('that dies of more load than it can take keeps what was measured, with a warning', async () => {
    const folder = await newFolder();
    await writeFile(
      join(folder, 'server.cjs'),
      `let inFlight = 0;
      require('node:http').createServer((_, response) => {
        inFlight += 1;
        if (inFlight > 45) process.exit(3);
        setTimeout(() => { inFlight -= 1; response.end('done'); }, 2);
      }).listen(process.env.PORT, '127.0.0.1');`,
    );
    const { code } = await bench(
      ['run', '--exec', `${process.execPath} server.cjs`, '--name', 'mine', '--path', '/']
        .concat('--quick', '--blocks', '1', '--duration', '300ms', '--connections', '2')
        .concat('--rate', '10', '--out', '.'),
      folder,
    );
    expect(code).toBe(0);
    const [trial] = await trialsIn(folder);
    expect(trial?.status).toBe('ok');
    expect(trial?.measurements.length).toBeGreaterThan(0);
    expect(trial?.warnings.map(({ code: warning }) => warning)).toEqual(['failed-in-curve']);
    expect(trial?.warnings[0]?.message).toMatch(/over many connections: .* status 3/);
  });

  test('that runs already is measured by its URL and left running', async () => {
    // Few requests and a long window, which no other program makes void: the note stands beside numbers.
    const server = createServer((_, response) => setTimeout(() => response.end('here'), 20));
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const folder = await newFolder();
    const url = `http://127.0.0.1:${port}/x`;
    const { code, stdout } = await bench(
      ['run', '--url', url, ...short, '--duration', '2s'],
      folder,
    );
    const stillAnswers = await fetch(url);
    server.close();
    server.closeAllConnections();
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain('was already running and was not restarted');
    expect(stillAnswers.ok).toBe(true);
    expect(await trialsIn(folder)).toMatchObject([{ server: url, workload: '/x', status: 'ok' }]);
  });

  test('that cannot be measured is reported with its reason and last output, and the others go on', async () => {
    const folder = await newFolder();
    const broken = {
      dies: "console.error('no database'); process.exit(3);",
      refuses: answering('response.statusCode = 404; response.end();'),
      floods:
        "process.stdout.write('x'.repeat(5e6), () => { console.error('the end'); process.exit(1); });",
    };
    const flags = Object.entries(broken).flatMap(([name, source]) => [
      '--exec',
      `${process.execPath} -e "${source}"`,
      '--name',
      name,
    ]);
    const running = await startBench(
      ['run', ...flags, '--path', '/', '--model', 'event-loop', '--workload', 'hello', ...short],
      folder,
    );
    const { code, stderr } = await running.outcome;
    expect(code).toBe(1);
    for (const words of ['exited with status 3', 'no database', 'status 404', 'the end']) {
      expect(stderr).toContain(words);
    }
    expect(stderr.length).toBeLessThan(60_000);
    const statuses = (await trialsIn(folder)).map(({ server, status }) => [server, status]);
    expect(Object.fromEntries(statuses)).toEqual({
      ...Object.fromEntries(Object.keys(broken).map((name) => [name, 'failed'])),
      'event-loop': 'ok',
    });
    expect(await leftovers(running)).toEqual([]);
  });

  test.each([
    ['has no /healthz', "response.statusCode = 404; response.end('none');"],
    ['answers every path alike', "response.end('hello');"],
  ])('that %s is rejected before the first block, with a hint at --path', async (_, answer) => {
    const folder = await newFolder();
    const exec = `${process.execPath} -e "${answering(answer)}"`;
    const { code, stderr } = await bench(['run', '--exec', exec, ...short], folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^bench: nothing to measure\. .*Did you mean --path\?/s);
    // The same command can be tried again.
    await expect(documentIn(folder)).rejects.toThrow('ENOENT');
  });

  test('runs on the Node.js of the user, not on the one that npx puts first', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'bin'));
    await symlink(process.execPath, join(folder, 'bin', 'node'));
    const shadow = join(folder, 'node_modules', '.bin');
    await mkdir(shadow, { recursive: true });
    await writeFile(join(shadow, 'node'), '#!/bin/sh\nexit 9\n', { mode: 0o755 });
    const exec = `node -e "${answering("response.end('mine');")}"`;
    const { code, stderr } = await bench(['run', '--exec', exec, '--path', '/', ...short], folder, {
      env: { npm_execpath: 'npm', PATH: `${shadow}:${join(folder, 'bin')}:/usr/bin:/bin` },
    });
    expect(stderr).not.toContain('failed');
    expect(code).toBe(0);
    const { plan } = await documentIn(folder);
    expect(plan.servers).toMatchObject([{ version: `node ${process.version}`, workers: null }]);
  });

  test('is started with each number of workers that advise compares', async () => {
    const folder = await newFolder();
    const answer = 'response.statusCode = process.argv[1] === process.env.WORKERS ? 200 : 500;';
    const exec = `${process.execPath} -e "${answering(`${answer} response.end();`)}" {workers}`;
    const { code } = await bench(
      ['advise', '--exec', exec, '--name', 'mine', '--path', '/', '--workers', '2,1']
        .concat('--blocks', '3', '--duration', '200ms', '--connections', '2')
        .concat('--out', '.'),
      folder,
    );
    expect(code).toBe(0);
    const { plan } = await documentIn(folder);
    expect(plan.servers).toMatchObject([
      { name: 'mine-1', workers: 1, variantOf: 'mine' },
      { name: 'mine-2', workers: 2, variantOf: 'mine' },
    ]);
  });
});
