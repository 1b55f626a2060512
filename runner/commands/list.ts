import { styleText } from 'node:util';
import { z } from 'zod';
import { hanging } from '../../reports/terminal/text.ts';
import { joinWithAnd, plural } from '../../results/format.ts';
import { probePostgres } from '../../servers/database/postgres-package.ts';
import { servers } from '../../servers/index.ts';
import type { Availability, Server } from '../../servers/server.ts';
import { workloads } from '../../workloads/index.ts';
import { availableCpus } from '../probes/cpus.ts';

const flagsSchema = z.object({ json: z.boolean().default(false) });

type ListedServer = Awaited<ReturnType<typeof listServer>>;

/** `bench list`: every server, whether it can run here, and every workload with its parameters. */
export async function list(rawFlags: unknown): Promise<void> {
  const { json } = flagsSchema.parse(rawFlags);
  const listed = {
    servers: await Promise.all(servers.map(listServer)),
    workloads: workloads.map(({ name, summary, parameters, database }) => ({
      name,
      summary,
      parameters,
      needsDatabase: database !== undefined,
    })),
    database: await probePostgres(),
  };
  const text = json ? JSON.stringify(listed, null, 2) : inWords(listed.servers, listed.database);
  process.stdout.write(`${text}\n`);
}

async function listServer(server: Server) {
  return {
    name: server.name,
    kind: server.kind,
    summary: server.summary,
    models: server.models,
    modelledBy: server.modelledBy,
    defaultWorkers: server.defaultWorkers(availableCpus()),
    workerUnit: server.workerUnit,
    availability: await server.probe(),
  };
}

function inWords(listedServers: readonly ListedServer[], database: Availability): string {
  const entry = (label: string, text: string) => hanging(label, text, process.stdout.columns || 80);
  const widthOf = (texts: readonly string[]) => 2 + Math.max(...texts.map(({ length }) => length));
  const nameWidth = widthOf([...listedServers, ...workloads].map((one) => one.name));
  const keyWidth = widthOf(workloads.flatMap(({ parameters }) => Object.keys(parameters)));
  const withDatabase = workloads.filter(({ database }) => database).map((one) => one.name);
  const name = (text: string) => `  ${text.padEnd(nameWidth)}`;
  return [
    styleText('bold', `Servers, with default workers on ${plural(availableCpus(), 'CPU')}`),
    ...listedServers.map((server) =>
      entry(name(server.name), `${server.summary}\n${stateOf(server)}`),
    ),
    '',
    styleText('bold', 'Workloads and their parameters, as in --workload io,cpu?n=30'),
    ...workloads.flatMap((workload) => [
      entry(name(workload.name), workload.summary),
      ...Object.entries(workload.parameters).map(([key, parameter]) => {
        const { about, minimum, maximum, unit, default: value } = parameter;
        const range = `${minimum}–${maximum}${unit && ` ${unit}`}`;
        return entry(`${name('')}${key.padEnd(keyWidth)}`, `${about} (${range}; default ${value})`);
      }),
    ]),
    '',
    styleText('bold', `Database, for ${joinWithAnd(withDatabase)}`),
    entry('  ', databaseState(database)),
  ].join('\n');
}

function databaseState(database: Availability): string {
  return database.available
    ? `${database.version}, which a run starts; or yours: --database postgres://…`
    : `not ready: ${database.reason}\n${database.advice}`;
}

/** How a server runs, and whether it can run here. */
function stateOf({ defaultWorkers, workerUnit, availability }: ListedServer): string {
  const ending = defaultWorkers === 1 ? '' : workerUnit.endsWith('s') ? 'es' : 's';
  const workers = `${defaultWorkers} ${workerUnit}${ending}`;
  return availability.available
    ? `${workers}; ready (${availability.version})`
    : `${workers}; not ready: ${availability.reason}\n${availability.advice}`;
}
