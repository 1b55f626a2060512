import { styleText } from 'node:util';
import { z } from 'zod';
import { servers } from '../../servers/index.ts';
import { workloads } from '../../workloads/index.ts';
import { availableCpus } from '../probes/cpus.ts';

const flagsSchema = z.object({ json: z.boolean().default(false) });

/** `bench list`: every server, whether it can run here, and every workload with its parameters. */
export async function list(rawFlags: unknown): Promise<void> {
  const { json } = flagsSchema.parse(rawFlags);
  const cpus = availableCpus();
  const listedServers = await Promise.all(
    servers.map(async (server) => ({
      name: server.name,
      kind: server.kind,
      summary: server.summary,
      models: server.models,
      modelledBy: server.modelledBy,
      defaultWorkers: server.defaultWorkers(cpus),
      workerUnit: server.workerUnit,
      availability: await server.probe(),
    })),
  );
  const listedWorkloads = workloads.map(({ name, summary, parameters }) => ({
    name,
    summary,
    parameters,
  }));
  if (json) {
    const all = { servers: listedServers, workloads: listedWorkloads };
    process.stdout.write(`${JSON.stringify(all, undefined, 2)}\n`);
    return;
  }

  const lines = [styleText('bold', `Servers (workers by default on ${cpus} CPUs)`)];
  for (const server of listedServers) {
    const workers = `${server.defaultWorkers} ${server.workerUnit}${server.defaultWorkers === 1 ? '' : server.workerUnit.endsWith('s') ? 'es' : 's'}`;
    lines.push(`  ${server.name.padEnd(14)} ${server.summary} (${workers})`);
    if (server.availability.available) {
      lines.push(`  ${' '.repeat(14)} ready: ${server.availability.version}`);
    } else {
      lines.push(`  ${' '.repeat(14)} not here: ${server.availability.reason}`);
      lines.push(server.availability.advice.replaceAll(/^/gm, `  ${' '.repeat(15)}`));
    }
  }
  lines.push('', styleText('bold', 'Workloads (with parameters: --workload io,cpu?n=30)'));
  for (const { name, summary, parameters } of listedWorkloads) {
    lines.push(`  ${name.padEnd(14)} ${summary}`);
    for (const [parameter, { default: value, minimum, maximum, unit, about }] of Object.entries(
      parameters,
    )) {
      const quantity = unit && ` ${unit}`;
      lines.push(
        `  ${' '.repeat(16)}${parameter} = ${value}${quantity} (${minimum}–${maximum}): ${about}`,
      );
    }
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}
