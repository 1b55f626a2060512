import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Query } from '../../workloads/runtime.ts';
import { withConnection } from '../database/connection.ts';
import { probePostgres } from '../database/postgres-package.ts';
import { startPostgres } from '../database/start-postgres.ts';
import {
  connectionsPerListener,
  DatabaseUnavailable,
  inTransaction,
  pooledQueries,
} from './database.ts';

afterEach(() => {
  delete process.env['DATABASE_CONNECTIONS'];
  delete process.env['DATABASE_URL'];
});

test.each([
  [1, [10]],
  [2, [5, 5]],
  [4, [3, 3, 2, 2]],
  [12, Array.from({ length: 12 }, () => 1)],
])('%i listeners of a server share its 10 connections: %j', (listeners, shares) => {
  expect(shares.map((_, index) => connectionsPerListener(listeners, index))).toEqual(shares);
});

test('listeners share the number of connections that the wire contract names', () => {
  process.env['DATABASE_CONNECTIONS'] = '5';
  expect([0, 1].map((index) => connectionsPerListener(2, index))).toEqual([3, 2]);
});

describe('a transaction', () => {
  const statements: string[] = [];
  const query: Query = async (sql) => {
    statements.push(sql);
    return [];
  };
  afterEach(() => void statements.splice(0));

  test('is committed when its work is done', async () => {
    await inTransaction(query, (inside) => inside('UPDATE'));
    expect(statements).toEqual(['BEGIN', 'UPDATE', 'COMMIT']);
  });

  test('is rolled back when its work fails', async () => {
    const work = () => Promise.reject(new Error('no such product'));
    await expect(inTransaction(query, work)).rejects.toThrow('no such product');
    expect(statements).toEqual(['BEGIN', 'ROLLBACK']);
  });

  test('whose connection is lost sends nothing more', async () => {
    const work = () => Promise.reject(new DatabaseUnavailable('lost'));
    await expect(inTransaction(query, work)).rejects.toThrow('lost');
    expect(statements).toEqual(['BEGIN']);
  });
});

const { available } = await probePostgres();

const describeHere = available ? describe : describe.skip;
describeHere('with PostgreSQL', () => {
  test('a connection that breaks between the statements of a transaction fails that transaction alone', async () => {
    const { url, stop } = await startPostgres({ connections: 10 });
    process.env['DATABASE_URL'] = url;
    const { query, transaction } = pooledQueries(1);
    try {
      const broken = transaction(async (inside) => {
        const [row] = await inside<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await withConnection(url, (client) =>
          client.query('SELECT pg_terminate_backend($1, 5000)', [row?.pid]),
        );
        await delay(50); // the pool hears of it
        return inside('SELECT 1');
      });
      await expect(broken).rejects.toThrow(DatabaseUnavailable);
      expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      await stop();
    }
  });
});
