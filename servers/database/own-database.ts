import { readFileSync } from 'node:fs';
import type { Client } from 'pg';
import { z } from 'zod';
import { parseStatFields } from '../launch/process-group.ts';
import { withConnection } from './connection.ts';
import { type Database, DatabaseError, withoutPassword } from './database.ts';

const factsSchema = z.tuple([
  z.object({
    version: z.string(),
    name: z.string(),
    user: z.string(),
    may_create: z.boolean(),
    most: z.int(),
    used: z.int(),
    pid: z.int(),
  }),
]);

const facts = `
  SELECT current_setting('server_version') AS version, current_database() AS name, current_user AS user,
    has_database_privilege(current_database(), 'CREATE') AS may_create,
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS most,
    (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()) AS used,
    pg_backend_pid() AS pid
`;

/** A database of the user's own, with its version in words. */
export interface OwnDatabase extends Database {
  readonly version: string;
}

/**
 * Checks that a database of the user's own can be used. It is left running, and only temporary schemas are made in it.
 * @param connections how many connections servers may open to it
 * @throws DatabaseError if it cannot be reached, may not be written, or has too few connections
 */
export async function openOwnDatabase(url: string, connections: number): Promise<OwnDatabase> {
  const shown = withoutPassword(url);
  const { version, name, user, may_create, most, used, pid } = await withConnection(
    url,
    async (client: Client) => {
      const [found] = factsSchema.parse((await client.query(facts)).rows);
      // The process of a connection ends with it.
      return { ...found, pid: firstProcess(new URL(url).hostname, found.pid) };
    },
  );
  if (!may_create) {
    throw new DatabaseError(
      `${shown}: ${user} may not make a schema; allow it: GRANT CREATE ON DATABASE "${name}" TO "${user}"`,
    );
  }
  if (most - used < connections) {
    throw new DatabaseError(
      `${shown} has room for ${most - used} connections (max_connections ${most}, ${used} in use), and the servers may open ${connections}; raise max_connections, or measure fewer servers or --workers`,
    );
  }
  return {
    url,
    version: `PostgreSQL ${version.split(' ')[0]}`,
    pid,
    exited: new Promise(() => {}),
    outputTail: () => '',
    stop: async () => {},
  };
}

const thisMachine = new Set(['', 'localhost', '127.0.0.1', '[::1]']);

/** The parent of the process of a connection, where that runs on this machine; null elsewhere, and without /proc. */
function firstProcess(host: string, connectionPid: number): number | null {
  if (!thisMachine.has(host)) return null;
  try {
    const stat = readFileSync(`/proc/${connectionPid}/stat`, 'latin1');
    const parent = Number(parseStatFields(stat)[1]);
    return stat.includes('(postgres)') ? parent : null;
  } catch {
    return null; // in another container
  }
}
