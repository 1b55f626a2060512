import type { Pool, PoolClient } from 'pg';
import type { Query, Runtime, WorkResponse } from '../../workloads/runtime.ts';
import { readWholeNumber } from './model-process.ts';

/** The part of a runtime that uses the database. */
export type Queries = Pick<Runtime, 'query' | 'transaction'>;

/** The database cannot be reached, refuses, or fails. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** The answer to a request that needs the database while it is not available; part of the wire contract. */
export const unavailable: WorkResponse = { status: 503, body: 'the database is not available\n' };

const ignore = () => undefined;

const reported = new Set<string>();

/** @throws DatabaseUnavailable; prints each reason once, since the answer does not name it */
export function failWith(error: unknown): never {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const reason = `database: ${first instanceof Error ? first.message : String(first)}`;
  if (!reported.has(reason)) console.error(reason);
  reported.add(reason);
  throw new DatabaseUnavailable(reason);
}

/** The database that the wire contract names. */
export const databaseUrl = () => process.env['DATABASE_URL'] || failWith('DATABASE_URL is not set');

const defaultConnections = 10;
const mostConnections = 10_000;

/**
 * The most connections that one of the listeners of a server may open to the database: an equal share, and one of those
 * left over for the first ones; at least one.
 *
 * @param index which listener, from 0
 */
export function connectionsPerListener(listeners: number, index: number): number {
  const all = readWholeNumber('DATABASE_CONNECTIONS', mostConnections, defaultConnections);
  const isFirst = index < all % listeners;
  return Math.max(1, Math.floor(all / listeners) + (isFirst ? 1 : 0));
}

/** Queries over a pool of connections, as most programs for Node.js make them: a query waits for a free connection. */
export function pooledQueries(connections: number): Queries {
  let opening: Promise<Pool> | undefined;
  const open = () => (opening ??= openPool(connections));
  // Before the first request, where there is a database.
  if (process.env['DATABASE_URL']) void open();
  return {
    query: async (sql, values) => queryOver(await open())(sql, values),
    async transaction(work) {
      const pool = await open();
      const client = await pool.connect().catch(failWith);
      // The pool listens only to idle connections. The query in progress fails when its connection breaks.
      client.on('error', ignore);
      let isUsable = false;
      try {
        const result = await inTransaction(queryOver(client), work);
        isUsable = true;
        return result;
      } finally {
        client.off('error', ignore);
        client.release(!isUsable);
      }
    },
  };
}

/** The client is loaded only where it is used: it would add to the memory measured for each model. */
async function openPool(max: number): Promise<Pool> {
  const { Pool } = await import('pg');
  // Idle connections stay open: a server rests while others are measured.
  const pool = new Pool({ connectionString: databaseUrl(), max, idleTimeoutMillis: 0 });
  // A connection that breaks while idle fails no request: the next one opens another.
  return pool.on('error', ignore);
}

const queryOver =
  (client: Pool | PoolClient): Query =>
  async <Row extends object>(sql: string, values: readonly unknown[] = []) => {
    const { rows } = await client.query<Row>(sql, [...values]).catch(failWith);
    return rows;
  };

/** Begins a transaction, works in it, and commits; rolls back if the work fails. */
export async function inTransaction<Result>(
  query: Query,
  work: (query: Query) => Promise<Result>,
): Promise<Result> {
  await query('BEGIN');
  try {
    const result = await work(query);
    await query('COMMIT');
    return result;
  } catch (error) {
    // A connection on which a statement failed is closed, which ends the transaction.
    if (!(error instanceof DatabaseUnavailable)) await query('ROLLBACK').catch(ignore);
    throw error;
  }
}
