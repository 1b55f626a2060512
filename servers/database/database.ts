import type { RunningServer } from '../server.ts';

/** A database cannot be used; the message says why, and what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/** A PostgreSQL that answers at `url`: one that this process started, or one of the user's own. */
export interface Database extends Pick<RunningServer, 'url' | 'exited' | 'outputTail' | 'stop'> {
  /** The first of its processes; null where it is unknown. */
  readonly pid: number | null;
}

/** A connection string without its password, for messages and documents. */
export const withoutPassword = (url: string): string =>
  url.replace(/(:\/\/[^/?#@:]*):[^/?#]*@/, '$1:***@').replace(/([?&]password=)[^&#]*/gi, '$1***');
