import type { Availability, Server } from '../server.ts';
import { PreparationError } from './build/tools.ts';

/** What may have to be built before it can be used. */
type Preparable = Pick<Server, 'name' | 'prepare' | 'probe'>;

/**
 * Makes servers ready to run on this machine, one after the other; finished builds are kept. A server that cannot be
 * made ready does not stop the others.
 *
 * @param report receives each line of progress
 */
export function prepareServers<Item extends Preparable>(
  servers: readonly Item[],
  report: (line: string) => void,
): Promise<{ server: Item; availability: Availability }[]> {
  return Array.fromAsync(servers, async (server) => {
    const availability = await prepare(server, (line) => report(`${server.name}: ${line}`));
    report(`${server.name}: ${inWords(availability)}`);
    return { server, availability };
  });
}

const inWords = (availability: Availability) =>
  availability.available
    ? `ready, ${availability.version}`
    : `not ready: ${availability.reason}\n${availability.advice.replaceAll(/^/gm, '  ')}`;

async function prepare(server: Preparable, report: (line: string) => void): Promise<Availability> {
  try {
    await server.prepare?.(report);
    return await server.probe();
  } catch (error) {
    if (!(error instanceof PreparationError)) throw error;
    return { available: false, reason: error.message, advice: error.advice };
  }
}
