import { setTimeout as delay } from 'node:timers/promises';
import { withConnection } from '../../servers/database/connection.ts';
import { type Database, DatabaseError } from '../../servers/database/database.ts';
import { openOwnDatabase } from '../../servers/database/own-database.ts';
import { type TemporarySchema, temporarySchema } from '../../servers/database/schema.ts';
import { startPostgres } from '../../servers/database/start-postgres.ts';
import { exitInWords } from '../../servers/launch/diagnostics.ts';
import { DatabaseFailedError, messageOf } from '../errors.ts';
import type { DatabasePlan } from '../plan/database.ts';

/** The database of one server: a schema of its own. */
export interface ServerDatabase {
  readonly environment: Readonly<Record<string, string>>;
  /** The first process of the database; null where it is unknown. */
  readonly pid: number | null;
  readonly schema: TemporarySchema;
  /** Rejects with DatabaseFailedError when the database dies. */
  readonly failure: Promise<never>;
  /**
   * After an error of the server: the database may be the cause, and its end not known yet.
   * @throws DatabaseFailedError if the database does not accept connections
   */
  readonly check: () => Promise<void>;
  readonly drop: () => Promise<void>;
}

/** The database of a run: opened for the first server that needs it, and again after it has died. */
export class RunDatabase {
  readonly #plan: DatabasePlan | null;
  readonly #cpus: readonly number[];
  #database: Promise<Database> | null = null;
  /** Schemas that could not be dropped, with the reason. */
  readonly #left = new Map<string, string>();

  constructor(plan: DatabasePlan | null, cpus: readonly number[]) {
    this.#plan = plan;
    this.#cpus = cpus;
  }

  /**
   * @returns null where the plan has no database
   * @throws DatabaseFailedError if the database cannot be started or reached
   */
  async forServer(signal: AbortSignal): Promise<ServerDatabase | null> {
    if (!this.#plan) return null;
    const { connectionsEach } = this.#plan;
    this.#database ??= this.#open(this.#plan, signal);
    const database = await this.#database;
    const schema = temporarySchema(database);
    const failure = diesEarly(database);
    failure.catch(() => undefined); // it may fail while nobody waits
    return {
      environment: { DATABASE_URL: schema.url, DATABASE_CONNECTIONS: String(connectionsEach) },
      pid: database.pid,
      schema,
      failure,
      check: () => checkDatabase(database, failure),
      drop: () =>
        Promise.race([schema.drop(), failure]).catch((error) => this.#leave(schema, error)),
    };
  }

  /** Ends a database that the run started; @returns the schemas that are left in one of the user's own. */
  async stop(): Promise<ReadonlyMap<string, string>> {
    const database = await this.#database?.catch(() => null);
    await database?.stop();
    return this.#plan?.url === null ? new Map() : this.#left;
  }

  async #open({ url, connections }: DatabasePlan, signal: AbortSignal): Promise<Database> {
    const opening =
      url === null
        ? startPostgres({ connections, cpus: this.#cpus, signal })
        : openOwnDatabase(url, 0);
    const forget = () => {
      this.#database = null;
    };
    const database = await opening.catch((error: unknown) => {
      forget();
      throw error instanceof DatabaseError ? new DatabaseFailedError(error.message) : error;
    });
    void database.exited.then(forget, forget);
    return database;
  }

  #leave({ name }: TemporarySchema, error: unknown): void {
    this.#left.set(name, error instanceof Error ? error.message : String(error));
  }
}

/** The end of a database that the run started is known once everything that it left is removed. */
const endKnownWithinMs = 2_000;

async function checkDatabase({ url }: Database, failure: Promise<never>): Promise<void> {
  try {
    await withConnection(url, async () => undefined);
  } catch (error) {
    await Promise.race([failure, delay(endKnownWithinMs)]);
    throw new DatabaseFailedError(`the database cannot be used: ${messageOf(error)}`);
  }
}

async function diesEarly({ exited, outputTail }: Database): Promise<never> {
  const exit = await exited;
  const tail = exit.signal === null && outputTail().trim();
  throw new DatabaseFailedError(
    `the database ${exitInWords(exit)}${tail ? `; its last output:\n${tail}` : ''}`,
  );
}
