import type { Availability, Server } from '../server.ts';
import { PreparationError } from './build/preparation-error.ts';

/** What became of one server's preparation. */
export interface PreparedServer {
  readonly server: Server;
  readonly availability: Availability;
}

/**
 * Makes servers ready to run here, one after the other; what is built already is left as it is. One that can't be
 * made ready never stops the others.
 *
 * @param report takes each line of progress
 */
export async function prepareServers(
  servers: readonly Server[],
  report: (line: string) => void,
): Promise<PreparedServer[]> {
  const prepared: PreparedServer[] = [];
  for (const server of servers) {
    const availability = await prepareServer(server, (line) => report(`${server.name}: ${line}`));
    prepared.push({ server, availability });
  }
  return prepared;
}

async function prepareServer(
  server: Server,
  report: (line: string) => void,
): Promise<Availability> {
  const availability = await prepare(server, report);
  if (availability.available) report(`ready, ${availability.version}`);
  else report(`not ready: ${availability.reason}\n${availability.advice.replaceAll(/^/gm, '  ')}`);
  return availability;
}

async function prepare(server: Server, report: (line: string) => void): Promise<Availability> {
  try {
    await server.prepare?.(report);
    return await server.probe();
  } catch (error) {
    if (!(error instanceof PreparationError)) throw error;
    return { available: false, reason: error.message, advice: error.advice };
  }
}
