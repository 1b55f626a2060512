import type { Warning } from '../document/run-document.ts';
import { percent } from '../format.ts';
import type { Gate } from './gate.ts';

/** With more of its core in use, the load generator may be what was measured. */
const mostGeneratorCores = 0.7;

/** In shared mode the server could have had what the load generator took. */
const mostSharedShare = 0.1;

/**
 * A server that uses more than this share of its cores is what limits throughput, whoever else has to wait.
 */
const saturatedShare = 0.8;

/** Whether the load generator was short of CPU time, or took it from the server. */
export const generatorSaturated: Gate = (measurement, context) => {
  const { client, server, windowSeconds } = measurement;
  if (client.cpuSeconds === null) return [];
  const cores = client.cpuSeconds / windowSeconds;
  if (cores > mostGeneratorCores) return [saturated(cores)];

  const wanted = cores + (client.runQueueDelaySeconds ?? 0) / windowSeconds;
  const usedByServer = (server.cpuSeconds ?? 0) / windowSeconds;
  if (wanted > mostGeneratorCores && usedByServer < saturatedShare * context.serverCores) {
    return [starved(Math.min(1, wanted - cores))];
  }
  const share = cores / context.cpusAvailable;
  return context.cpuMode === 'shared' && share > mostSharedShare ? [heavy(share)] : [];
};

const saturated = (cores: number): Warning => ({
  code: 'generator-saturated',
  severity: 'void',
  message: `the load generator used ${percent(cores)} of its core, so that it may be what limited these numbers (${percent(mostGeneratorCores)} is allowed)`,
  advice:
    'give it less to do, with a workload that costs the server more; or fewer CPUs to the server, with --cpus',
});

const starved = (waiting: number): Warning => ({
  code: 'generator-starved',
  severity: 'warn',
  message: `the load generator waited for a core ${percent(waiting)} of the time, while the server left some idle`,
  advice: 'end other programs, or give it a core of its own with --client-cpus',
});

const heavy = (share: number): Warning => ({
  code: 'generator-heavy',
  severity: 'note',
  message: `the load generator took ${percent(share)} of the CPUs that it shares with the server (${percent(mostSharedShare)} is light)`,
  advice: 'give them different cores with --cpus and --client-cpus',
});
