import { extname } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Query } from '../../workloads/runtime.ts';
import { databaseUrl, failWith, inTransaction, type Queries } from '../kit/database.ts';
import { answer } from './answer-state.ts';
import type { Connection, Outcome, Statement } from './connection-thread.ts';

const threadUrl = new URL(`./connection-thread${extname(import.meta.filename)}`, import.meta.url);

/**
 * Queries over one connection that block this thread until the rows are there, as database clients for Python do. Node.js has
 * no such client, so a second thread holds the connection.
 */
export function blockingQueries(): Queries {
  let thread: ReturnType<typeof startThread> | undefined;
  const start = () => (thread ??= startThread());
  if (process.env['DATABASE_URL']) start();
  const query: Query = async <Row extends object>(sql: string, values: readonly unknown[] = []) => {
    const outcome = start().ask({ sql, values });
    if ('failure' in outcome) return failWith(outcome.failure);
    return outcome.rows as readonly Row[];
  };
  return { query, transaction: (work) => inTransaction(query, work) };
}

function startThread() {
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const { port1: port, port2 } = new MessageChannel();
  const workerData: Connection = { url: databaseUrl(), answered, port: port2 };
  new Worker(threadUrl, { workerData, transferList: [port2] }).unref();
  port.unref();
  return {
    ask(statement: Statement): Outcome {
      Atomics.compareExchange(answered, 0, answer.ready, answer.pending);
      port.postMessage(statement);
      Atomics.wait(answered, 0, answer.pending);
      const { message }: { message: Outcome } = receiveMessageOnPort(port) ?? {
        message: { failure: 'the thread of the connection has ended' },
      };
      return message;
    },
  };
}
