import { workersPlaceholder } from '../../servers/custom.ts';
import { UsageError } from '../errors.ts';
import { parseWholeNumber } from './flag-values.ts';
import type { ConfiguredServer } from './plan.ts';

const mostWorkers = 1024;
/** Each further number of workers makes every block longer. */
const mostCounts = 12;
const mostUsualCounts = 10;

/**
 * Reads `--workers`: a number, or several such as `1,2,4,8`.
 *
 * @throws UsageError for anything else
 */
export function parseWorkerCounts(text: string): number[] {
  const counts = text
    .split(',')
    .map((one) => parseWholeNumber('--workers', one, 1, mostWorkers))
    .toSorted((a, b) => a - b);
  const repeated = counts.find((count, index) => counts.indexOf(count) !== index);
  if (repeated !== undefined) throw new UsageError(`--workers has ${repeated} more than once.`);
  if (counts.length > mostCounts) {
    throw new UsageError(
      `--workers has ${counts.length} numbers: give at most ${mostCounts}, such as 1,2,4,8.`,
    );
  }
  return counts;
}

/**
 * Numbers of workers from 1 to well beyond the CPUs, where throughput stops growing or falls: 1, 2, 3, 4, 6, 8, 12, 16 …;
 * powers of 2 alone where these would be too many.
 */
export function usualWorkerCounts(cpus: number): number[] {
  const highest = Math.max(8, 4 * cpus);
  const powers = Array.from({ length: 11 }, (_, exponent) => 2 ** exponent);
  const counts = powers
    .flatMap((power) => (power < 2 ? [power] : [power, 1.5 * power]))
    .filter((count) => count <= Math.min(highest, mostWorkers));
  return counts.length > mostUsualCounts
    ? counts.filter((count) => powers.includes(count))
    : counts;
}

/**
 * A server once for each number of workers; under its own name for one number.
 *
 * @throws UsageError if the number of workers of the server cannot be chosen
 */
export function withWorkerCounts(
  server: ConfiguredServer,
  counts: readonly number[],
): ConfiguredServer[] {
  const { name, kind, summary, url } = server;
  if (counts.length < 2) return [{ ...server, name: withNumber(name, server.workers) }];
  if (url !== undefined) {
    throw new UsageError(
      `${name} is already running: bench cannot change its number of workers; use --exec.`,
      '--workers',
    );
  }
  if (kind === 'custom' && !summary.includes(workersPlaceholder)) {
    throw new UsageError(
      `--exec "${summary}" does not say where its number of workers goes: write ${workersPlaceholder} there, as in 'gunicorn --workers ${workersPlaceholder} app' or 'WORKERS=${workersPlaceholder} node server.js'.`,
    );
  }
  if (kind !== 'custom' && server.defaultWorkers(2) === 1) {
    throw new UsageError(
      `${name} always has one worker; servers with several are threads, prefork and pool.`,
      '--workers',
    );
  }
  return counts.map((workers) => ({
    ...server,
    name: name.includes(workersPlaceholder) ? withNumber(name, workers) : `${name}-${workers}`,
    workers,
    variantOf: name,
  }));
}

const withNumber = (name: string, workers: number): string =>
  name.replaceAll(workersPlaceholder, String(workers));
