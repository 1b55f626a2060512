import { workerData } from 'node:worker_threads';
import { Client } from 'pg';
import { type Answering, answerEach } from './blocking-thread.ts';

/** What the thread of a connection starts with. */
export interface Connection {
  readonly url: string;
}

export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

export type Outcome = { readonly rows: readonly unknown[] } | { readonly failure: string };

/** A thread with one connection to the database, which runs a statement at a time for a thread that waits for it. */
const { url, ...answering }: Connection & Answering = workerData;
let client: Client | null = null;

answerEach(answering, (statement: Statement) => run(statement).catch(failure));

/** Also ends a transaction that has begun: the next statement connects again. */
function failure(reason: unknown): Outcome {
  client?.end().catch(() => undefined);
  client = null;
  const first: unknown = reason instanceof AggregateError ? reason.errors[0] : reason;
  return { failure: first instanceof Error ? first.message : String(first) };
}

async function run({ sql, values }: Statement): Promise<Outcome> {
  client ??= await connect();
  const { rows } = await client.query(sql, [...values]);
  return { rows };
}

async function connect(): Promise<Client> {
  const fresh = new Client({ connectionString: url });
  // A connection that breaks while idle fails the next statement, or is replaced before it.
  fresh.on('error', () => {
    if (client === fresh) client = null;
  });
  await fresh.connect();
  return fresh;
}
