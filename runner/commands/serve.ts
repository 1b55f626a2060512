import { z } from 'zod';
import { plural } from '../../results/format.ts';
import { probePostgres } from '../../servers/database/postgres-package.ts';
import { servers } from '../../servers/index.ts';
import { exitInWords } from '../../servers/launch/diagnostics.ts';
import { LaunchError, launch } from '../../servers/launch/launch.ts';
import type { LaunchOptions, Server } from '../../servers/server.ts';
import { endpoints } from '../../workloads/endpoints.ts';
import { parseParameters } from '../../workloads/parameters.ts';
import type { Body } from '../../workloads/runtime.ts';
import { makeOrder } from '../../workloads/uploaded-order.ts';
import type { Endpoint } from '../../workloads/workload.ts';
import { RunError, UsageError } from '../errors.ts';
import { withInterrupts } from '../interrupts.ts';
import { type DatabasePlan, planDatabase, probeDatabase } from '../plan/database.ts';
import { findByName, parseWholeNumber } from '../plan/flag-values.ts';
import { resolvePoolOptions } from '../plan/pool-options.ts';
import { availableCpus } from '../probes/cpus.ts';
import { RunDatabase } from '../run/run-database.ts';

const flagsSchema = z.object({
  model: z.string(),
  host: z.string(),
  port: z.string(),
  workers: z.string().optional(),
  netpollers: z.string().optional(),
  queueLimit: z.string().optional(),
  database: z.string().optional(),
});

/** `bench serve`: runs one server until Ctrl-C, and prints requests to try. */
export async function serve(rawFlags: unknown): Promise<void> {
  const flags = flagsSchema.parse(rawFlags);
  const server = findByName('model', servers, flags.model);
  const options = {
    host: flags.host,
    port: parseWholeNumber('--port', flags.port, 1, 65_535),
    workers:
      flags.workers === undefined
        ? server.defaultWorkers(availableCpus())
        : parseWholeNumber('--workers', flags.workers, 1, 1024),
    backlog: 4096,
  };
  const { environment } = resolvePoolOptions(flags, [server.name]);
  const served = endpoints.filter(({ name }) => server.serves?.includes(name) ?? true);
  const planned = planDatabase([options], served.some(needsDatabase), flags.database);
  const plan = planned && (await usableDatabase(planned, served.filter(needsDatabase)));
  const usable = served.filter((endpoint) => plan || !needsDatabase(endpoint));
  const databases = new RunDatabase(plan, []);
  await withInterrupts(async (signal) => {
    const database = await databases.forServer(signal);
    try {
      await database?.schema.restore(seedOf(usable));
      const controls = { signal, environment: { ...environment, ...database?.environment } };
      await serveUntilStopped(server, options, controls, usable);
    } finally {
      await database?.drop();
      await databases.stop();
    }
  });
}

const needsDatabase = ({ database }: Endpoint) => database !== undefined;

const seedOf = (served: readonly Endpoint[]) =>
  [...new Set(served.map(({ database }) => database ?? ''))].join('');

/** Without a database of the user's own and without PostgreSQL from npm, the paths that need one are left out. */
async function usableDatabase(
  plan: DatabasePlan,
  users: readonly Endpoint[],
): Promise<DatabasePlan | null> {
  if (plan.url === null && !(await probePostgres()).available) return null;
  return probeDatabase(
    plan,
    users.map(({ name }) => name),
  );
}

async function serveUntilStopped(
  server: Server,
  options: LaunchOptions,
  controls: { readonly signal: AbortSignal; readonly environment: Record<string, string> },
  served: readonly Endpoint[],
): Promise<void> {
  const { signal } = controls;
  const running = await launch(server, options, controls).catch(asUsageError);
  const stopRequested = new Promise<'stop'>((resolve) =>
    signal.addEventListener('abort', () => resolve('stop'), { once: true }),
  );
  process.stdout.write(`${invitation(server, served, options.workers, running.url)}\n`);
  const ending = await Promise.race([stopRequested, running.exited]);
  if (ending === 'stop') return running.stop();
  const tail = running.outputTail().trim();
  throw new RunError(
    `${server.name} ${exitInWords(ending)}${tail && `; its last output:\n${tail}`}`,
  );
}

function invitation(
  { name }: Server,
  served: readonly Endpoint[],
  workers: number,
  url: string,
): string {
  const requests = served.flatMap((endpoint) =>
    endpoint.requests(parseParameters(endpoint.parameters, endpoint.name, '')),
  );
  return [
    `${name} listens on ${url} with ${plural(workers, 'worker')}. Try:`,
    ...requests.map(({ path, body }) => `  curl -i ${data(body)}'${new URL(path, url).href}'`),
    "Add -H 'X-Trace: 1' to see where the time goes. Press Ctrl-C to stop.",
  ].join('\n');
}

/** A small order for curl to send where a request has a body. */
const data = (body: Body | undefined) =>
  body === undefined ? '' : `--data '${Buffer.from(makeOrder(120)).toString()}' `;

const unusable = new Set(['port-taken', 'cannot-listen']);

/** An address that cannot be listened on is a mistake in the flags, not a failure of the server. */
function asUsageError(error: unknown): never {
  if (error instanceof LaunchError && unusable.has(error.failure)) {
    throw new UsageError(error.message);
  }
  throw error;
}
