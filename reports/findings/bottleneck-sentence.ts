import type { Bottleneck } from '../../results/bottleneck/bottleneck.ts';
import { formatNumber, percent, plural } from '../../results/format.ts';

/** Why a server serves no more, in a clause of a sentence: "its one thread is busy 99 % of the time". */
export function bottleneckClause(bottleneck: Bottleneck): string {
  switch (bottleneck.kind) {
    case 'generator':
      return `the load generator uses ${percent(bottleneck.busyShare)} of a core, or waits for it: the server may handle more`;
    case 'connections': {
      const { connections, requestMs, mostPerSecond } = bottleneck;
      return `the ${plural(connections, 'connection')} send no more: a request takes at least ${formatNumber(requestMs)} ms, so ${formatNumber(mostPerSecond)} requests/s at most`;
    }
    case 'failures':
      return `it answers ${percent(bottleneck.failedShare)} of the closed loop's requests with an error, or not at all`;
    case 'threads': {
      const { threads, busyShare } = bottleneck;
      const subject = threads === 1 ? 'its one thread is' : `its ${threads} threads are`;
      return `${subject} busy ${busyText(busyShare)} of the time`;
    }
    case 'cores': {
      const { cores, busyShare, clientCores, databaseCores } = bottleneck;
      const others = [
        { name: 'the load generator', used: clientCores },
        { name: 'the database', used: databaseCores },
      ]
        .filter(({ used }) => used >= worthNaming * cores)
        .map(({ name, used }) => `${coresText(used)} of ${plural(cores, 'core')} by ${name}`);
      return [`${allCores(cores)} busy ${busyText(busyShare)} of the time`, ...others].join(', ');
    }
    case 'database': {
      const { cores, databaseCores, busyShare } = bottleneck;
      const used = `${coresText(databaseCores)} of ${plural(cores, 'core')}`;
      return busyShare === null
        ? `requests wait for the database, which uses ${used}`
        : `the database uses ${used}; ${allCores(cores)} busy ${busyText(busyShare)} of the time`;
    }
    case 'one-core':
      return `it uses ${bottleneck.busyCores.toFixed(1)} of ${plural(bottleneck.cores, 'core')}, as one thread does`;
    case 'workers': {
      const { workers, occupiedMs, waitMs, cpuMs, mostPerSecond, isBoundByWait, waitsFor } =
        bottleneck;
      const occupied = `${workers === 1 ? 'its one worker is' : `all ${workers} workers are`} occupied`;
      const waits = `${formatNumber(occupiedMs)} ms per request, of which it waits ${formatNumber(waitMs)} ms`;
      if (isBoundByWait) {
        return `${occupied}: a request waits ${formatNumber(waitMs)} ms, so ${formatNumber(mostPerSecond)} requests/s at most`;
      }
      return waitsFor === 'workload'
        ? `${occupied}: ${waits} and computes ${formatNumber(cpuMs)} ms`
        : `${occupied}: ${waits} for ${waitsFor === 'database' ? 'the database' : 'a core, a lock or another service'}`;
    }
    default:
      return `unknown: ${bottleneck.reason}`;
  }
}

const allCores = (cores: number): string =>
  cores === 1 ? 'the core is' : cores === 2 ? 'both cores are' : `all ${cores} cores are`;

const coresText = (cores: number): string => formatNumber(Math.round(100 * cores) / 100);

/** A share of the cores from which the load generator's is worth naming. */
const worthNaming = 0.05;

/** Helper threads make some servers use more than a core for each of their threads. */
const busyText = (share: number): string => percent(Math.min(1, share));

/** The same in a few words, for a column: "1 thread busy", "5 workers wait". */
export function bottleneckInShort(bottleneck: Bottleneck): string {
  switch (bottleneck.kind) {
    case 'generator':
      return 'load generator';
    case 'connections':
      return plural(bottleneck.connections, 'connection');
    case 'failures':
      return 'failed requests';
    case 'threads':
      return `${plural(bottleneck.threads, 'thread')} busy`;
    case 'cores':
      return `${plural(bottleneck.cores, 'core')} busy`;
    case 'database':
      return 'database';
    case 'one-core':
      return '1 core busy';
    case 'workers':
      return `${plural(bottleneck.workers, 'worker')} waiting`;
    default:
      return 'unknown';
  }
}
