import { randomBytes } from 'node:crypto';
import { withConnection } from './connection.ts';
import type { Database } from './database.ts';

/** A schema of its own in a database: nothing else in the database is read or changed. */
export interface TemporarySchema {
  readonly name: string;
  /** Connects to the database with this schema as the only one that is searched. */
  readonly url: string;
  /**
   * Makes the schema, in place of an earlier state, and in it what SQL statements make.
   * @throws DatabaseError if that fails; the earlier state is kept then
   */
  restore(statements: string): Promise<void>;
  /** @throws DatabaseError if that fails */
  drop(): Promise<void>;
}

/** A schema with a new name. Nothing is made before `restore`. */
export function temporarySchema({ url }: Pick<Database, 'url'>): TemporarySchema {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const drop = `DROP SCHEMA IF EXISTS ${name} CASCADE;`;
  // Several statements in one string are one transaction.
  const run = (sql: string) =>
    withConnection(url, async (client) => {
      await client.query(`SET client_min_messages = warning; ${sql}`);
    });
  return {
    name,
    url: withSearchPath(url, name),
    restore: (statements) =>
      run(`
        ${drop}
        CREATE SCHEMA ${name};
        COMMENT ON SCHEMA ${name} IS 'made by bench, which drops it; may be dropped if no run uses it';
        SET search_path TO ${name};
        ${statements}
      `),
    drop: () => run(drop),
  };
}

/** A connection string with a schema to search, beside the options that it has. */
export function withSearchPath(url: string, schema: string): string {
  const changed = new URL(url);
  const options = changed.searchParams.get('options');
  changed.searchParams.set('options', `${options ? `${options} ` : ''}-csearch_path=${schema}`);
  // Clients for other languages read a plus sign as it is.
  return changed.href.replaceAll('+', '%20');
}
