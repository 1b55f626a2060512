import type { Server } from '../servers/server.ts';

/** The version of each server, by name; for one that cannot run here, why not. */
export async function serverVersions(servers: readonly Server[]): Promise<Map<string, string>> {
  const entries = servers.map(async (server): Promise<[string, string]> => {
    const availability = await server.probe();
    return [
      server.name,
      availability.available ? availability.version : `not available: ${availability.reason}`,
    ];
  });
  return new Map(await Promise.all(entries));
}
