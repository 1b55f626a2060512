import type { Availability } from '../../servers/server.ts';
import type { Plan } from './plan.ts';

/** Whether each server of a plan can run here, by name. */
export type Availabilities = ReadonlyMap<string, Availability>;

export async function probeServers(plan: Plan): Promise<Availabilities> {
  const entries = plan.servers.map(
    async ({ server }): Promise<[string, Availability]> => [server.name, await server.probe()],
  );
  return new Map(await Promise.all(entries));
}

/** Why a server cannot run here, and what would help; null for one that can. */
export function whyUnavailable(availabilities: Availabilities, name: string): string | null {
  const availability = availabilities.get(name);
  if (!availability || availability.available) return null;
  return `${availability.reason}. ${availability.advice}`;
}
