import { eventLoop } from './event-loop/server.ts';
import { pool } from './pool/server.ts';
import { prefork } from './prefork/server.ts';
import type { Server } from './server.ts';

/** Every server, in the order that listings and reports use. */
export const servers: readonly Server[] = [eventLoop, prefork, pool];
