import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { DatabaseError, withoutPassword } from './database.ts';

const connectWithinMs = 5_000;
const pollEveryMs = 10;

/**
 * Runs statements over a connection of their own.
 * @throws DatabaseError if there is no connection, or one of the statements fails
 */
export async function withConnection<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  try {
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: connectWithinMs,
      application_name: 'bench',
    });
    // A connection that breaks between two statements fails the next one.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(`${withoutPassword(url)}: ${databaseErrorInWords(error)}`);
  }
}

/** What a database or its client says; for several addresses of a host, what the first one says. */
function databaseErrorInWords(error: unknown): string {
  if (error instanceof AggregateError) return databaseErrorInWords(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

/** Tries to connect until it succeeds. Rejects only when aborted, with the signal's reason. */
export async function waitUntilReady(url: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await withConnection(url, async () => undefined);
    } catch {
      await delay(pollEveryMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}
