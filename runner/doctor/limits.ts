import { plural } from '../../results/format.ts';
import type { CpuLayout } from '../plan/cpu-layout.ts';
import { bad, type Finding, good, warn } from './finding.ts';

const enoughOpenFiles = 12_000;
const minOpenFiles = 512;
const enoughBacklog = 4096;

const inDigits = (count: number): string => count.toLocaleString('en-US');

/** Whether there are enough CPUs to separate the load generator from the servers. */
export function judgeCpus(available: number, online: number): Finding {
  const found =
    available === online ? plural(available, 'CPU') : `${available} of ${plural(online, 'CPU')}`;
  if (available >= 4) return good('CPUs', `${found}: load generator and servers have their own`);
  if (available >= 2) {
    return warn(
      'CPUs',
      `${found}: load generator and servers share them`,
      'Ratios between servers hold, but absolute throughput is lower than without a load generator. Use four or more CPUs.',
    );
  }
  return bad(
    'CPUs',
    `${found}: no server can run in parallel`,
    'Use a machine or a container with at least two CPUs (docker run --cpus=2).',
  );
}

/** Whether servers with a machine of their own can run in parallel. */
export function judgeServerCpus(available: number, online: number): Finding {
  const found =
    available === online ? plural(available, 'CPU') : `${available} of ${plural(online, 'CPU')}`;
  if (available >= 2) return good('CPUs', found);
  return bad(
    'CPUs',
    `${found}: no server can run in parallel`,
    'Use a machine or a container with at least two CPUs (docker run --cpus=2).',
  );
}

/** Whether the CPUs of the load generator and those of the servers are hyper-threads of the same physical core. */
export function judgeLayout({ mode, sharesCore, clientCpus }: CpuLayout): Finding[] {
  if (mode === 'shared') return [];
  const client = `load generator on CPU ${clientCpus.join(', ')}`;
  if (!sharesCore) return [good('hyper-threads', `${client}, a physical core of its own`)];
  return [
    warn(
      'hyper-threads',
      `${client}, on a physical core that servers use too`,
      'Hyper-threads of one core slow each other down. Choose whole cores with --cpus and --client-cpus (lscpu --extended lists them), or turn hyper-threading off.',
    ),
  ];
}

/** Every connection is an open file. */
export function judgeOpenFiles(limit: number | null): Finding {
  if (limit === null) return good('open files', 'no limit');
  const found = `at most ${inDigits(limit)}`;
  if (limit >= enoughOpenFiles) return good('open files', found);
  const advice = `Limits the number of connections. Raise it for this shell: ulimit -n ${enoughOpenFiles}`;
  const state = limit < minOpenFiles ? bad : warn;
  return state('open files', found, advice);
}

/** The kernel silently cuts a longer backlog to its own limit. */
export function judgeBacklog(limit: number | null): Finding {
  if (limit === null) {
    return warn('listen backlog', 'limit unknown', 'Dropped connections are detected in each run.');
  }
  if (limit >= enoughBacklog) return good('listen backlog', `at most ${inDigits(limit)}`);
  return warn(
    'listen backlog',
    `at most ${inDigits(limit)}; servers request ${inDigits(enoughBacklog)}`,
    `Bursts of connections may be dropped and retried a second later. Raise the limit: sudo sysctl net.core.somaxconn=${enoughBacklog}`,
  );
}

/** Whether the load generator runs at once when a request is due, even beside busy servers. */
export function judgePriority(isRealTime: boolean | null, { mode }: CpuLayout): Finding {
  if (isRealTime) return good('priority', 'load generator runs at real-time priority');
  const found = 'load generator runs at normal priority';
  if (mode === 'isolated') return good('priority', `${found}, on CPUs of its own`);
  return warn(
    'priority',
    `${found}, on the CPUs of the servers`,
    'Requests will often be sent some milliseconds late, and such windows are void. Run as root, or with CAP_SYS_NICE and chrt(1) (docker run --cap-add SYS_NICE).',
  );
}
