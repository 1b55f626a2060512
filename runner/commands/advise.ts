import { basename } from 'node:path';
import { z } from 'zod';
import { fewestBlocks } from '../../results/scalability/scaling.ts';
import { programOf } from '../../servers/custom.ts';
import { UsageError } from '../errors.ts';
import { profiles } from '../plan/budget.ts';
import { usualWorkerCounts } from '../plan/worker-counts.ts';
import { availableCpus } from '../probes/cpus.ts';
import { run } from './run.ts';

const flagsSchema = z.looseObject({
  model: z.string().optional(),
  exec: z.array(z.string()).default([]),
  name: z.array(z.string()).optional(),
  app: z.string().optional(),
  blocks: z.string().optional(),
  workload: z.string().optional(),
  workers: z.string().default(() => usualWorkerCounts(availableCpus()).join(',')),
});

/** `bench advise`: one run of a server with several numbers of workers, in every block with each of them. */
export async function advise(rawFlags: unknown): Promise<void> {
  const flags = flagsSchema.parse(rawFlags);
  const names = [...(flags.model?.split(',') ?? []), ...flags.exec];
  if (names.length !== 1) {
    throw new UsageError(
      "bench advise is about one server: give one --model, or one --exec such as 'gunicorn --workers {workers} app'.",
    );
  }
  if (flags.app !== undefined && flags.exec.length > 0) {
    throw new UsageError('--app and --exec exclude each other: bench advise is about one server.');
  }
  if (!flags.workers.includes(',')) {
    throw new UsageError(
      `--workers must be several numbers, such as 1,2,4,8, not "${flags.workers}".`,
    );
  }
  if (Number(flags.blocks) < fewestBlocks) {
    throw new UsageError(
      `--blocks must be at least ${fewestBlocks}, not ${flags.blocks}: fewer give no advice.`,
    );
  }
  // A module has its own work.
  const workload = flags.workload ?? (flags.app === undefined ? 'cpu' : undefined);
  // Names of whole commands, one for each number of workers, would fill every line.
  const name = flags.name ?? flags.exec.map((command) => basename(programOf(command)));
  await run({ ...flags, name, workload }, { profile: profiles.advise });
}
