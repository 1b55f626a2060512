import { findProgram } from '../../servers/launch/program.ts';
import type { Server } from '../../servers/server.ts';
import { type Finding, good, mind } from './finding.ts';

const crossChecks = ['wrk', 'h2load', 'hey'];

/** Which servers can run here, and which other generators there are to cross-check ours with. */
export async function judgeToolchains(servers: readonly Server[]): Promise<Finding[]> {
  const runnable = await Promise.all(
    servers.map(async (server): Promise<Finding> => {
      const availability = await server.probe();
      return availability.available
        ? good(server.name, availability.version)
        : mind(server.name, `cannot run here: ${availability.reason}`, availability.advice);
    }),
  );
  const found = crossChecks.filter((name) => findProgram(name, undefined) !== undefined);
  return [
    ...runnable,
    found.length > 0
      ? good('cross-checks', found.join(', '))
      : mind(
          'cross-checks',
          `none of ${crossChecks.join(', ')} is installed`,
          'Not needed; bench calibrate compares capacities with them where they are (Debian: apt install wrk nghttp2-client).',
        ),
  ];
}
