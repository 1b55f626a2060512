import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isAlive } from '../launch/process-group.ts';
import { withConnection } from './connection.ts';
import { probePostgres } from './postgres-package.ts';
import { startPostgres } from './start-postgres.ts';

const { available } = await probePostgres();
const describeHere = available ? describe : describe.skip;

/** Shared memory of a killed database: the kernel keeps it, though no process uses it. */
const sharedMemoryLeft = () =>
  execFileSync('ipcs', ['-m'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => / 56 +0 *$/.test(line));

let folder: string;
let leftBefore: ReadonlySet<string>;

/** The folder of a test's databases, which any user may use. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-test-'));
  chmodSync(folder, 0o777);
  leftBefore = new Set(sharedMemoryLeft());
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The processes whose working directory or command line is in the folder. */
function processesInFolder(): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^[0-9]+$/.test(entry))
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder) ||
          readFileSync(`/proc/${pid}/maps`, 'utf8').includes(folder)
        );
      } catch {
        return false;
      }
    });
}

/** What is left of the databases in the folder; waits for at most 10 s until that is nothing. */
async function leftOvers(): Promise<string[]> {
  const all = () => [
    ...readdirSync(folder),
    ...processesInFolder(),
    ...sharedMemoryLeft().filter((segment) => !leftBefore.has(segment)),
  ];
  for (let tries = 0; tries < 1000 && all().length > 0; tries += 1) await delay(10);
  return all();
}

const start = (options: Partial<Parameters<typeof startPostgres>[0]> = {}) =>
  startPostgres({ connections: 7, parent: folder, ...options });

describeHere('PostgreSQL from npm', () => {
  test('a database answers when it has started, and leaves nothing when it is stopped', async () => {
    const database = await start();
    const rows = await withConnection(database.url, async (client) => {
      const { rows } = await client.query(`select current_setting('max_connections') as most`);
      return rows;
    });
    expect(rows).toEqual([{ most: '7' }]);
    expect(isAlive(database.pid ?? 0)).toBe(true);
    await database.stop();
    expect(await database.exited).toEqual({ code: 0, signal: null });
    expect(await leftOvers()).toEqual([]);
  });

  test('a database that is killed leaves nothing', async () => {
    const database = await start();
    process.kill(database.pid ?? 0, 'SIGKILL');
    expect(await database.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await leftOvers()).toEqual([]);
    await database.stop();
  });

  test('a wrong password is refused', async () => {
    const database = await start();
    const url = database.url.replace(/:[^:@]*@/, ':wrong@');
    const refused = withConnection(url, async () => undefined).catch(String);
    expect(await refused).toContain('password authentication failed');
    expect(await refused).not.toContain('wrong');
    await database.stop();
  });

  test('a database that cannot start says why, and leaves nothing', async () => {
    const starting = start({ connections: 1_000_000_000 });
    await expect(starting).rejects.toThrow(/could not be started: .*max_connections/s);
    expect(await leftOvers()).toEqual([]);
  });

  test('a start can be cancelled, and leaves nothing', async () => {
    const reason = new Error('interrupted');
    const interrupt = new AbortController();
    const starting = start({ signal: interrupt.signal });
    setTimeout(() => interrupt.abort(reason), 100);
    await expect(starting).rejects.toBe(reason);
    expect(await leftOvers()).toEqual([]);
  });

  // Before the folder is made, while initdb runs, and when the database runs.
  test.each(['5', '60', '150', '250', '400', 'ready'])(
    'nothing is left of a database whose runner is killed (after ms: %s)',
    async (when) => {
      const module = new URL('./start-postgres.ts', import.meta.url).href;
      const code = `
        import { startPostgres } from ${JSON.stringify(module)};
        const starting = startPostgres({ connections: 7 });
        console.log('started');
        await starting;
        console.log('ready');
        setInterval(() => {}, 1000);
      `;
      const runner = spawn(process.execPath, ['--input-type=module', '-e', code], {
        env: { ...process.env, TMPDIR: folder },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const lines = createInterface(runner.stdout);
      await once(lines, 'line');
      if (when === 'ready') await once(lines, 'line');
      else await delay(Number(when));
      runner.kill('SIGKILL');
      await once(runner, 'exit');
      expect(await leftOvers()).toEqual([]);
    },
  );
});
