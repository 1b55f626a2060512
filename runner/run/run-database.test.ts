import { describe, expect, test } from '@jest/globals';
import { withConnection } from '../../servers/database/connection.ts';
import { probePostgres } from '../../servers/database/postgres-package.ts';
import { startPostgres } from '../../servers/database/start-postgres.ts';
import { choosePort } from '../../servers/launch/ports.ts';
import { DatabaseFailedError } from '../errors.ts';
import { RunDatabase } from './run-database.ts';

const { signal } = new AbortController();
const at = (url: string) => new RunDatabase({ url, connectionsEach: 1, connections: 1 }, []);

test('a database that cannot be reached is no failure of the server that needs it', async () => {
  const database = at(`postgres://me@127.0.0.1:${await choosePort()}/shop`);
  await expect(database.forServer(signal)).rejects.toThrow(DatabaseFailedError);
});

const { available } = await probePostgres();
const describeHere = available ? describe : describe.skip;
describeHere('with PostgreSQL from npm', () => {
  test('after an error of a server, a database without connections is to blame, and one that answers is not', async () => {
    const postgres = await startPostgres({ connections: 2 });
    const used = await at(postgres.url).forServer(signal);
    const hold = (work: () => Promise<unknown>) => withConnection(postgres.url, work);
    await hold(() =>
      hold(async () => {
        await expect(used?.check()).rejects.toThrow(
          /the database cannot be used: .*too many clients/,
        );
      }),
    );
    await used?.check();
    await postgres.stop();
    await expect(used?.check()).rejects.toThrow(DatabaseFailedError);
  });
});
