import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where built artefacts are kept: CONCURRENCY_BENCH_HOME, or a folder of ours in the user's cache. Safe to delete. */
export function cacheDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const { CONCURRENCY_BENCH_HOME: chosen, XDG_CACHE_HOME: cache } = environment;
  return resolve(chosen || join(cache || join(homedir(), '.cache'), 'concurrency-bench'));
}
