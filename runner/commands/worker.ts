import { hostname } from 'node:os';
import { z } from 'zod';
import { RunError, UsageError } from '../errors.ts';
import { withInterrupts } from '../interrupts.ts';
import { locust } from '../load/workers/locust.ts';
import { shortTextSchema } from '../load/workers/messages.ts';
import { serveLoads } from '../load/workers/serve-loads.ts';
import { parseAddress } from '../plan/load-workers.ts';

const flagsSchema = z.object({ master: z.string(), name: z.string().default(hostname()) });

/** `bench worker`: sends load from this machine for runs on another one, until Ctrl-C. */
export async function worker(rawFlags: unknown): Promise<void> {
  const { master: typed, name } = flagsSchema.parse(rawFlags);
  if (!shortTextSchema.safeParse(name).success) {
    throw new UsageError('--name must be one line of 1 to 80 characters.');
  }
  const master = parseAddress('--master', typed);
  const found = await locust.probe();
  if (!found.available) throw new RunError(`Locust is missing: ${found.reason}; ${found.advice}`);
  const report = (line: string) => process.stdout.write(`${line}\n`);
  await withInterrupts((signal) => serveLoads({ name, master, signal, report }));
}
