import { joinWithAnd } from '../../results/format.ts';
import { sumOf } from '../../results/statistics/summary.ts';
import { DatabaseError } from '../../servers/database/database.ts';
import { openOwnDatabase } from '../../servers/database/own-database.ts';
import { probePostgres } from '../../servers/database/postgres-package.ts';
import { RunError, UsageError } from '../errors.ts';
import type { ConfiguredServer } from './plan.ts';

/** The database that a plan's servers use. */
export interface DatabasePlan {
  /** Null for a database that the run starts. */
  readonly url: string | null;
  /** The most connections that each server opens, unless each of its workers has one. */
  readonly connectionsEach: number;
  /** The most connections that all servers of a block open together. */
  readonly connections: number;
  /** Set once the database has been found usable, such as `PostgreSQL 18.4`. */
  readonly version?: string;
}

/** The default of node-postgres, and of most frameworks within a factor of two. */
const connectionsPerServer = 10;
/** For seeding, and for connections that the database has not closed yet. */
const spareConnections = 20;

/**
 * The database for servers: the one at a URL, or one of the run's own.
 *
 * @returns null where it is not needed
 * @throws UsageError for a URL of something else
 */
export function planDatabase(
  servers: readonly Pick<ConfiguredServer, 'workers'>[],
  isNeeded: boolean,
  flag: string | undefined,
): DatabasePlan | null {
  if (!isNeeded) {
    if (flag === undefined) return null;
    throw new UsageError('--database is for workloads with a database, such as crud.');
  }
  const connections = servers.map(({ workers }) => Math.max(connectionsPerServer, workers));
  // A block repeats one of its servers as a control.
  const ofServers = sumOf(connections) + Math.max(...connections);
  return {
    url: chosenUrl(flag),
    connectionsEach: connectionsPerServer,
    connections: ofServers + spareConnections,
  };
}

/** The user's own database, from the flag or from the environment; null if there is none. */
function chosenUrl(flag: string | undefined): string | null {
  const [name, url] =
    flag === undefined
      ? ['DATABASE_URL', process.env['DATABASE_URL'] || null]
      : ['--database', flag];
  if (url === null) return null;
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError(
      `${name} must be the URL of a PostgreSQL database, such as postgres://user:password@localhost/name.`,
    );
  }
  return url;
}

/**
 * Finds out whether the database of a plan can be used.
 *
 * @param users the names of what needs it, for the error
 * @throws RunError if it cannot
 */
export async function probeDatabase(
  plan: DatabasePlan,
  users: readonly string[],
): Promise<DatabasePlan> {
  if (plan.url === null) {
    const found = await probePostgres();
    if (found.available) return { ...plan, version: found.version };
    throw new RunError(`${found.reason}. To use ${joinWithAnd(users)}, ${found.advice}`);
  }
  try {
    const { version } = await openOwnDatabase(plan.url, plan.connections);
    return { ...plan, version };
  } catch (error) {
    if (error instanceof DatabaseError) throw new RunError(error.message);
    throw error;
  }
}
