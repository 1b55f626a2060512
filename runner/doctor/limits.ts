import type { CpuLayout } from '../plan/cpu-layout.ts';
import { bad, type Finding, good, mind } from './finding.ts';

const enoughOpenFiles = 12_000;
const fewestOpenFiles = 512;
const enoughBacklog = 4096;

/** Whether cores suffice to keep client and server apart. */
export function judgeCores(available: number, online: number): Finding {
  const found =
    available === online ? `${available} CPUs` : `${available} of ${online} CPUs are ours to use`;
  if (available >= 4) return good('cores', `${found}: client and servers are kept apart`);
  if (available >= 2) {
    return mind(
      'cores',
      `${found}: client and servers share them`,
      'Ratios between servers hold; absolute throughput is lower than on a server alone. Four or more cores avoid that.',
    );
  }
  return bad(
    'cores',
    `${found}: no server can show parallelism`,
    'Use a machine, or a container, with two CPUs or more (docker run --cpus).',
  );
}

/** Whether client and servers, on CPUs of their own, meet on a physical core after all. */
export function judgeLayout({ mode, sharesCore, clientCpus }: CpuLayout): Finding[] {
  if (mode === 'shared') return [];
  const client = `the client gets CPU ${clientCpus.join(', ')}`;
  if (!sharesCore) return [good('hyper-threads', `${client}, on a core of its own`)];
  return [
    mind(
      'hyper-threads',
      `${client}, a hyper-thread of a core that servers use too`,
      'They slow each other down there. Name whole cores with --cpus and --client-cpus (lscpu --extended shows them), or turn hyper-threading off.',
    ),
  ];
}

/** Connections are open files. */
export function judgeOpenFiles(limit: number | null): Finding {
  if (limit === null) return good('open files', 'no limit is known');
  if (limit >= enoughOpenFiles) return good('open files', `${limit} allowed`);
  const advice = `Raise it for this shell: ulimit -n ${enoughOpenFiles}`;
  const found = `${limit} allowed: fewer connections than that`;
  return limit < fewestOpenFiles
    ? bad('open files', found, advice)
    : mind('open files', found, advice);
}

/** A backlog beyond the kernel's limit is cut down to it without a word. */
export function judgeBacklog(limit: number | null): Finding {
  if (limit === null)
    return mind('listen backlog', 'unknown', 'Gates on its overflow still apply.');
  if (limit >= enoughBacklog) return good('listen backlog', `${limit}`);
  return mind(
    'listen backlog',
    `${limit}, and servers ask for ${enoughBacklog}`,
    `Bursts of connections may be dropped and retried after a second: sudo sysctl net.core.somaxconn=${enoughBacklog}`,
  );
}

/** Whether the load generator runs as soon as it wants to, beside servers that keep every core busy. */
export function judgePrecedence(isRealTime: boolean | null, { mode }: CpuLayout): Finding {
  if (isRealTime) return good('precedence', 'the load generator may run before the servers');
  const found = 'the load generator has to wait for its turn like any program';
  if (mode === 'isolated') return good('precedence', `${found}, on CPUs of its own`);
  return mind(
    'precedence',
    `${found}, on CPUs that servers keep busy`,
    'It will often send late by some milliseconds, and such windows are not used. Run as root, or with CAP_SYS_NICE and chrt(1) at hand (docker run --cap-add SYS_NICE).',
  );
}
