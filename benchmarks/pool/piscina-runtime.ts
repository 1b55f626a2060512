import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { wait } from '../../servers/kit/runtime.ts';
import type { Runtime } from '../../workloads/runtime.ts';
import type { Assignment } from './piscina-task.ts';

const taskUrl = new URL(`./piscina-task${extname(import.meta.filename)}`, import.meta.url);

/** As piscina comes, or with the options that made it quickest here for `workers` threads. */
export type Tuning = 'default' | 'tuned';

export function piscinaRuntime(tuning: Tuning, workers: number): Runtime {
  const tuned = {
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: 2,
    ...JSON.parse(process.env['PISCINA'] ?? '{}'),
  };
  const piscina = new Piscina({
    filename: fileURLToPath(taskUrl),
    ...(tuning === 'tuned' && tuned),
  });
  return {
    wait,
    compute: ({ moduleUrl, exportName }, argument) =>
      piscina.run({ moduleUrl, exportName, argument } satisfies Assignment),
  };
}
