import { percent } from '../format.ts';
import { defineGate, type MeasurementGate } from './gate.ts';

/** When the load generator uses more of its core than this, it may be what limits the numbers. */
const mostGeneratorCores = 0.7;

/** In shared mode, the CPU time of the load generator is missing from the server. */
const mostSharedShare = 0.1;

/** A server that uses more than this share of its cores limits throughput itself, even if the load generator has to wait. */
const saturatedShare = 0.8;

/** Whether the load generator had too little CPU time, or took it from the server. */
export const generatorCpu: MeasurementGate = defineGate({
  check: 'generator',
  blame: 'instrument',
  warnings: {
    'generator-saturated': {
      severity: 'void',
      raisedWhen: 'the load generator used more than 70 % of a core',
    },
    'generator-starved': {
      severity: 'warn',
      raisedWhen:
        'the load generator would have used more than 70 % of a core but had to wait for it, while the server left cores idle',
    },
    'generator-cpu-use': {
      severity: 'note',
      raisedWhen: 'in shared mode, the load generator used more than 10 % of the CPUs',
    },
  },
  test: ({ client, server, windowSeconds }, { serverCores, cpusAvailable, cpuMode }) => {
    if (client.cpuSeconds === null) return [];
    const cores = client.cpuSeconds / windowSeconds;
    if (cores > mostGeneratorCores) {
      return [
        {
          code: 'generator-saturated',
          message: `the load generator used ${percent(cores)} of its core (limit ${percent(mostGeneratorCores)}): it may have limited these numbers`,
          advice:
            'use a workload that costs the server more, or give the server fewer CPUs with --cpus',
        },
      ];
    }
    const wanted = cores + (client.runQueueDelaySeconds ?? 0) / windowSeconds;
    const usedByServer = (server.cpuSeconds ?? 0) / windowSeconds;
    if (wanted > mostGeneratorCores && usedByServer < saturatedShare * serverCores) {
      return [
        {
          code: 'generator-starved',
          message: `the load generator waited for a core ${percent(Math.min(1, wanted - cores))} of the time, while the server left some idle: throughput may be too low`,
          advice: 'end other programs, or give it a core of its own with --client-cpus',
        },
      ];
    }
    const share = cores / cpusAvailable;
    if (cpuMode !== 'shared' || share <= mostSharedShare) return [];
    return [
      {
        code: 'generator-cpu-use',
        message: `the load generator used ${percent(share)} of the CPUs that it shares with the server: a busy server had less CPU time`,
        advice: 'give them different cores with --cpus and --client-cpus',
      },
    ];
  },
});
