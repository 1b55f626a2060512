import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readRunDocument } from '../results/document/read.ts';
import { withConnection } from '../servers/database/connection.ts';
import { probePostgres } from '../servers/database/postgres-package.ts';
import { startPostgres } from '../servers/database/start-postgres.ts';
import { choosePort } from '../servers/launch/ports.ts';
import { groupEnds, groupIsAlive } from '../servers/launch/process-group.ts';
import { bench, leftovers, nextProcess, processOf, startBench } from './bench.ts';

const { available } = await probePostgres();
const describeHere = available && process.platform === 'linux' ? describe : describe.skip;

/** Where the databases of a test have their folders; any user may use it. */
let temporary: string;

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'crud-test-'));
  await chmod(temporary, 0o777);
});
afterEach(() => rm(temporary, { recursive: true, force: true }));

const short = '--duration 400ms --connections 8 --out .'.split(' ');
const runCrud = (...flags: string[]) => [
  'run',
  '--quick',
  '--workload',
  'crud',
  ...short,
  ...flags,
];
const surroundings = (env: NodeJS.ProcessEnv = {}) => ({
  env: { TMPDIR: temporary, DATABASE_URL: '', ...env },
});

const documentIn = async (folder: string) =>
  readRunDocument(await readFile(join(folder, 'run.json'), 'utf8'));

/** The first process of the database that a run started; 0 while there is none. */
async function databaseProcess(): Promise<number> {
  const [folder = ''] = await readdir(temporary);
  const file = join(temporary, folder, 'data', 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.includes('ready') ? Number.parseInt(text, 10) : 0;
}

/** What is left in the folder after at most 10 s. */
async function filesLeft(): Promise<string[]> {
  for (let tries = 0; tries < 200 && (await readdir(temporary)).length > 0; tries += 1) {
    await delay(50);
  }
  return readdir(temporary);
}

async function untilDatabaseRuns(): Promise<number> {
  for (;;) {
    const pid = await databaseProcess();
    if (pid > 0) return pid;
    await delay(20);
  }
}

describeHere('bench run --workload crud', () => {
  test('starts a database of its own, measures its CPU time, and leaves nothing', async () => {
    const args = runCrud('--model', 'event-loop,prefork', '--blocks', '1');
    const running = await startBench(args, undefined, surroundings());
    const { code, stdout, stderr } = await running.outcome;
    expect(stderr).not.toContain('bench:');
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /Database: PostgreSQL [0-9.]+, started by this run/,
    );
    const { plan, trials } = await documentIn(running.folder);
    expect(plan.database).toMatchObject({ isOwn: false, connectionsEach: 10 });
    expect(trials.map(({ status }) => status)).toEqual(['ok', 'ok']);
    for (const { measurements } of trials) {
      for (const { requests } of measurements) {
        expect(requests).toMatchObject({ non2xx: 0, errors: 0, mismatched: 0 });
        expect(requests.ok).toBeGreaterThan(0);
      }
      // A window this short may be over before CPU time is read.
      const cpuSeconds = measurements.map(({ database }) => database?.cpuSeconds ?? 0);
      expect(Math.max(...cpuSeconds)).toBeGreaterThan(0);
    }
    expect(await filesLeft()).toEqual([]);
  });

  test('says that its database died, keeps what was measured, and goes on with another', async () => {
    const args = runCrud('--model', 'event-loop', '--blocks', '3');
    const running = await startBench(args, undefined, surroundings());
    await running.says('block 1 ');
    const database = await untilDatabaseRuns();
    await nextProcess(running, 'servers/event-loop');
    process.kill(database, 'SIGKILL');
    const { code, stderr } = await running.outcome;
    expect(stderr).toContain('the database was killed by SIGKILL');
    expect(code).toBe(1);
    const { status, trials } = await documentIn(running.folder);
    expect(status).toBe('complete');
    // The server is not to blame: its trial has not failed.
    expect(trials.map((trial) => trial.status).toSorted()).toEqual(['ok', 'ok', 'skipped']);
    expect(await leftovers(running)).toEqual([]);
    expect(await filesLeft()).toEqual([]);
  });

  test('by kill -9 leaves no process and no folder', async () => {
    const args = runCrud('--model', 'event-loop,prefork,pool', '--blocks', '3');
    const running = await startBench(args, undefined, surroundings());
    const database = await untilDatabaseRuns();
    for (const model of ['event-loop', 'prefork', 'pool'])
      await processOf(running, `servers/${model}`);
    running.kill('SIGKILL');
    await running.outcome;
    expect(await leftovers(running)).toEqual([]);
    expect(await filesLeft()).toEqual([]);
    // Its watcher ends a moment after it has removed the folder.
    await groupEnds(database, 5000);
    expect(groupIsAlive(database)).toBe(false);
  });
});

describeHere('a database of the user’s own', () => {
  test('is left as it was found, and its password is in no file', async () => {
    const database = await startPostgres({ connections: 80, parent: temporary });
    const { password } = new URL(database.url);
    const contents = () =>
      withConnection(database.url, async (client) => {
        const schemas = await client.query('SELECT nspname FROM pg_namespace ORDER BY nspname');
        const { rows } = await client.query('SELECT * FROM products');
        return [...schemas.rows, ...rows];
      });
    try {
      await withConnection(database.url, async (client) => {
        await client.query(`CREATE TABLE products AS SELECT 17 AS id, 'mine' AS name`);
      });
      const before = await contents();
      const args = runCrud('--model', 'event-loop', '--blocks', '2', '--database', database.url);
      const running = await startBench(args, undefined, surroundings());
      const { code, stderr } = await running.outcome;
      expect(stderr).not.toContain('bench:');
      expect(code).toBe(0);
      expect(await contents()).toEqual(before);
      const { plan, command, trials } = await documentIn(running.folder);
      expect(plan.database).toMatchObject({ isOwn: true });
      expect(command.at(-1)).toMatch(/^postgres:\/\/bench:\*\*\*@127\.0\.0\.1:/);
      expect(trials[0]?.measurements[0]?.database?.cpuSeconds).toBeGreaterThan(0);
      for (const file of await readdir(running.folder)) {
        expect(await readFile(join(running.folder, file), 'utf8')).not.toContain(password);
      }
    } finally {
      await database.stop();
    }
  });

  test('without enough connections is refused before anything is measured', async () => {
    const database = await startPostgres({ connections: 12, parent: temporary });
    const env = surroundings({ DATABASE_URL: database.url });
    const { code, stderr } = await bench(runCrud('--model', 'pool'), undefined, env);
    await database.stop();
    expect(stderr).toMatch(
      /^bench: postgres:\/\/bench:\*\*\*@.* has room for 12 connections \(max_connections 12, 0 in use\), and the servers may open 40; raise max_connections/,
    );
    expect(code).toBe(1);
  });

  test('that cannot be reached is named without its password', async () => {
    const url = `postgres://me:secret@127.0.0.1:${await choosePort()}/shop`;
    const running = await startBench(runCrud('--database', url), undefined, surroundings());
    const { code, stderr } = await running.outcome;
    expect(stderr).toMatch(
      /^bench: postgres:\/\/me:\*\*\*@127.0.0.1:\d+\/shop: connect ECONNREFUSED/,
    );
    expect(code).toBe(1);
    expect(await readdir(running.folder)).toEqual([]);
  });

  test.each([
    [
      ['--database', 'mysql://localhost/shop'],
      '--database must be the URL of a PostgreSQL database',
    ],
    [
      ['--workload', 'io', '--database', 'postgres://localhost'],
      '--database is for workloads with',
    ],
  ])('is refused if it is a mistake: %j', async (flags, message) => {
    const { code, stderr } = await bench(
      ['run', '--workload', 'crud', ...flags],
      undefined,
      surroundings(),
    );
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

describeHere('bench serve', () => {
  test('starts a database, prints paths that use it, and leaves nothing', async () => {
    const port = await choosePort();
    const args = ['serve', '--model', 'event-loop', '--port', String(port)];
    const running = await startBench(args, undefined, surroundings());
    const url = `http://127.0.0.1:${port}/order?id=17`;
    const answer = async () => (await fetch(url).catch(() => null))?.text();
    let text = await answer();
    for (let tries = 0; tries < 400 && text === undefined; tries += 1) {
      await delay(50);
      text = await answer();
    }
    running.kill('SIGINT');
    const { stdout } = await running.outcome;
    expect(text).toBe('ordered: product 17 costs 6023\n');
    expect(stdout).toContain(url);
    expect(await filesLeft()).toEqual([]);
  });
});
