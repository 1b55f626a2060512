import type { Availability, Server } from '../server.ts';
import { PreparationError } from './build/tools.ts';

/** A server after its preparation. */
export interface PreparedServer {
  readonly server: Server;
  readonly availability: Availability;
}

/**
 * Makes servers ready to run on this machine, one after the other; finished builds are kept. A server that cannot be
 * made ready does not stop the others.
 *
 * @param report receives each line of progress
 */
export async function prepareServers(
  servers: readonly Server[],
  report: (line: string) => void,
): Promise<PreparedServer[]> {
  const prepared: PreparedServer[] = [];
  for (const server of servers) {
    const availability = await prepare(server, (line) => report(`${server.name}: ${line}`));
    prepared.push({ server, availability });
  }
  return prepared;
}

async function prepare(server: Server, report: (line: string) => void): Promise<Availability> {
  const availability = await build(server, report);
  if (availability.available) report(`ready, ${availability.version}`);
  else report(`not ready: ${availability.reason}\n${availability.advice.replaceAll(/^/gm, '  ')}`);
  return availability;
}

async function build(server: Server, report: (line: string) => void): Promise<Availability> {
  try {
    await server.prepare?.(report);
    return await server.probe();
  } catch (error) {
    if (!(error instanceof PreparationError)) throw error;
    return { available: false, reason: error.message, advice: error.advice };
  }
}
