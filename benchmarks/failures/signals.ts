import { setTimeout as delay } from 'node:timers/promises';
import type { FailureKind } from './kind.ts';
import type { Target } from './processes.ts';

const stoppedMs = 400;

/** What a kind needs so that the run has a process to strike. */
function needsOf(target: Target): Partial<FailureKind> {
  if (target === 'runner') return {};
  if (target === 'worker') return { needsServers: true, models: ['prefork'] };
  const isOfDatabase = target === 'database' || target === 'connection of the database';
  return { needsServers: true, ...(isOfDatabase && { workload: 'crud' }) };
}

function signalKind(target: Target, signal: NodeJS.Signals): FailureKind {
  return {
    name: `${signal} to the ${target}`,
    strike: (run) => run.signal(target, signal),
    ...needsOf(target),
  };
}

function pauseKind(target: Target): FailureKind {
  return {
    name: `SIGSTOP and SIGCONT to the ${target}`,
    async strike(run) {
      const isStopped = await run.signal(target, 'SIGSTOP');
      await delay(stoppedMs);
      run.signalNow(target, 'SIGCONT');
      return isStopped;
    },
    ...needsOf(target),
  };
}

const targets = ['runner', 'generator', 'server', 'worker', 'database'] as const;
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const;

export const signalKinds: readonly FailureKind[] = [
  ...targets.flatMap((target) => [
    ...signals.map((signal) => signalKind(target, signal)),
    pauseKind(target),
  ]),
  // At the second, PostgreSQL ends all other connections, too, and starts anew.
  signalKind('connection of the database', 'SIGTERM'),
  signalKind('connection of the database', 'SIGKILL'),
  {
    name: 'SIGSTOP to the generator, then SIGKILL to the runner',
    async strike(run) {
      const isStopped = await run.signal('generator', 'SIGSTOP');
      return (await run.signal('runner', 'SIGKILL')) && isStopped;
    },
    needsServers: true,
  },
  {
    name: 'SIGKILL to the runner, with a database',
    strike: async (run) => (await run.has('database')) && run.signal('runner', 'SIGKILL'),
    needsServers: true,
    workload: 'crud',
  },
];
