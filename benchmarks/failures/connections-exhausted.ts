import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { readIfThere } from '../../runner/probes/proc.ts';
import type { FailureKind } from './kind.ts';
import { databaseFolder } from './processes.ts';

const heldMs = 2_000;
/** More than the database of such a run accepts. */
const mostConnections = 200;
/** The line of postmaster.pid with the port. */
const portLine = 3;

/** Another program takes every connection that the database has left, and keeps them for a while. */
export const connectionsExhausted: FailureKind = {
  name: 'connections of the database exhausted',
  async strike(run) {
    if (!(await run.has('database'))) return false;
    const folder = databaseFolder(run.temporary) ?? '';
    const password = readIfThere(join(folder, 'password'));
    const port = readIfThere(join(folder, 'data/postmaster.pid'))?.split('\n')[portLine];
    if (!password || !port) return false;
    const clients: Client[] = [];
    while (clients.length < mostConnections) {
      const client = new Client({
        host: '127.0.0.1',
        port: Number(port),
        user: 'bench',
        password,
        database: 'postgres',
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
      } catch (error) {
        // It may not accept connections yet, or not any more.
        if (!String(error).includes('too many clients') && !run.ended && clients.length === 0) {
          await delay(20);
          continue;
        }
        break;
      }
      clients.push(client);
    }
    await delay(heldMs);
    await Promise.all(clients.map((client) => client.end()));
    return clients.length > 0;
  },
  needsServers: true,
  workload: 'crud',
};
