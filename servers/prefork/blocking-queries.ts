import { extname } from 'node:path';
import type { Query } from '../../workloads/runtime.ts';
import { databaseUrl, failWith, inTransaction, type Queries } from '../kit/database.ts';
import { startBlockingThread } from './blocking-thread.ts';
import type { Connection, Outcome, Statement } from './connection-thread.ts';

const threadUrl = new URL(`./connection-thread${extname(import.meta.filename)}`, import.meta.url);

/**
 * Queries over one connection that block this thread until the rows are there, as database clients for Python do. Node.js has
 * no such client, so a second thread holds the connection.
 */
export function blockingQueries(): Queries {
  let ask: ReturnType<typeof connect> | undefined;
  const connected = () => (ask ??= connect());
  if (process.env['DATABASE_URL']) connected();
  const query: Query = async <Row extends object>(sql: string, values: readonly unknown[] = []) => {
    const outcome = connected()({ sql, values });
    if ('failure' in outcome) return failWith(outcome.failure);
    return outcome.rows as readonly Row[];
  };
  return { query, transaction: (work) => inTransaction(query, work) };
}

function connect() {
  const data: Connection = { url: databaseUrl() };
  const { thread, ask } = startBlockingThread<Statement, Outcome>(threadUrl, data);
  thread.unref();
  return (statement: Statement) =>
    ask(statement) ?? { failure: 'the thread of the connection has ended' };
}
