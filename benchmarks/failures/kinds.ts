import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { clockKinds } from './clock.ts';
import { connectionsExhausted } from './connections-exhausted.ts';
import type { FailureKind } from './kind.ts';
import { signalKinds } from './signals.ts';
import type { End } from './victim-run.ts';

/** Root has no limit of processes. */
const runAsNobody = `chown -R 65534 "$PWD"; set -- setpriv --reuid 65534 --clear-groups --inh-caps=-all --bounding-set=-all "$@"`;

const limits: readonly FailureKind[] = [
  { name: 'at most 64 open files', surroundings: { shell: 'ulimit -n 64' } },
  { name: 'at most 16 KiB in a file', surroundings: { shell: 'ulimit -f 32' } },
  {
    name: 'at most 40 processes and threads',
    surroundings: { shell: `set -- prlimit --nproc=40 "$@"\n${runAsNobody}` },
    needsRoot: true,
  },
  {
    name: 'at most 20 MB of JavaScript memory',
    surroundings: { environment: { NODE_OPTIONS: '--max-old-space-size=20' } },
  },
  {
    name: 'eight local ports',
    surroundings: {
      shell: `set -- unshare -n sh -c 'ip link set lo up; echo "40000 40007" >/proc/sys/net/ipv4/ip_local_port_range; exec "$@"' sh "$@"`,
    },
    needsRoot: true,
  },
];

const outputs: readonly FailureKind[] = [
  { name: 'closed standard output', surroundings: { shell: 'exec >&-' } },
  { name: 'closed standard streams', surroundings: { shell: 'exec <&- >&- 2>&-' } },
  { name: 'standard output on a full device', surroundings: { shell: 'exec >/dev/full' } },
];

/** A fault that does not happen must not count as survived. */
function mustRun(program: string, ...words: string[]): void {
  const { status, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
}

/** A file system of its own for the results. */
const smallDisk = 'mount -t tmpfs -o size=4m failure results';

const folders: readonly FailureKind[] = [
  {
    name: 'folder removed',
    strike: async ({ folder }) => {
      rmSync(folder, { recursive: true, force: true });
      return true;
    },
    losesResults: true,
  },
  {
    name: 'disk full',
    async strike(run) {
      spawnSync('sh', ['-c', 'cat /dev/zero >"$1/filler"', 'sh', run.folder]);
      return true;
    },
    surroundings: { shell: smallDisk },
    needsRoot: true,
  },
  {
    name: 'folder read-only',
    strike: async ({ folder: results }) => {
      mustRun('chattr', '+i', results);
      return true;
    },
    surroundings: { shell: smallDisk },
    needsRoot: true,
  },
];

const secondRun: FailureKind = {
  name: 'two runs in one folder',
  async strike(run) {
    const { code, stderr }: End = await run.start();
    if (code !== 2 || !stderr.includes('already holds a run')) {
      throw new Error(`the second run ended with ${code}: ${stderr}`);
    }
    return true;
  },
};

export const kinds: readonly FailureKind[] = [
  ...signalKinds,
  ...limits,
  ...outputs,
  ...folders,
  ...clockKinds,
  connectionsExhausted,
  secondRun,
];
