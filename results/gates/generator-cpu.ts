import type { Measurement } from '../document/run-document.ts';
import { percent } from '../format.ts';
import { generatorCpuSecondsHere } from '../select.ts';
import type { GateContext, MeasurementGate } from './gate.ts';

/** When a process of the load generator uses more of its core than this, it may be what limits the numbers. */
export const mostGeneratorCores = 0.7;

/** In shared mode, the CPU time of the load generator is missing from the server. */
const mostSharedShare = 0.1;

/** A server that uses more than this share of its cores limits throughput itself, even if the load generator waits. */
export const saturatedShare = 0.8;

/** Each process has the same share of the load. */
const perProcess = (seconds: number | null, measurement: Measurement): number =>
  (seconds ?? 0) / measurement.windowSeconds / measurement.generatorProcesses;

/** The share of a core that each process used. */
const useOf = (measurement: Measurement) => perProcess(measurement.client.cpuSeconds, measurement);

export const generatorSaturated: MeasurementGate = {
  code: 'generator-saturated',
  severity: 'void',
  check: 'generator',
  blame: 'instrument',
  raisedWhen:
    'the load generator used more than 70 % of a core (of a core for each of its processes)',
  test: (measurement) => {
    const use = useOf(measurement);
    if (use <= mostGeneratorCores) return null;
    const { generatorProcesses } = measurement;
    const core = generatorProcesses === 1 ? 'its core' : `each of ${generatorProcesses} cores`;
    return {
      message: `the load generator used ${percent(use)} of ${core} (limit ${percent(mostGeneratorCores)}): it may have limited these numbers`,
      advice:
        'use a workload that costs the server more, or give the server fewer CPUs with --cpus',
    };
  },
};

export const generatorStarved: MeasurementGate = {
  code: 'generator-starved',
  severity: 'warn',
  check: 'generator',
  blame: 'instrument',
  raisedWhen:
    'the load generator would have used more than 70 % of a core but had to wait for it, while the server left cores idle',
  test: (measurement, context) => {
    if (!isStarved(measurement, context)) return null;
    return {
      message: `the load generator waited for a core ${percent(Math.min(1, waitingOf(measurement)))} of the time, while the server left some idle: throughput may be too low`,
      advice: `end other programs, or ${howToSeparate(measurement)}`,
    };
  },
};

const howToSeparate = ({ loadWorkers }: Measurement): string =>
  loadWorkers.length > 0
    ? 'keep the load workers on machines without servers'
    : 'give load generator and servers different cores with --cpus and --client-cpus';

const waitingOf = (measurement: Measurement) =>
  perProcess(measurement.client.runQueueDelaySeconds, measurement);

function isStarved(measurement: Measurement, { serverCores }: GateContext): boolean {
  const use = useOf(measurement);
  const usedByServer = (measurement.server.cpuSeconds ?? 0) / measurement.windowSeconds;
  return (
    measurement.client.cpuSeconds !== null &&
    use <= mostGeneratorCores &&
    use + waitingOf(measurement) > mostGeneratorCores &&
    usedByServer < saturatedShare * serverCores
  );
}

export const generatorCpuUse: MeasurementGate = {
  code: 'generator-cpu-use',
  severity: 'note',
  check: 'generator',
  blame: 'instrument',
  raisedWhen: 'in shared mode, the load generator used more than 10 % of the CPUs',
  test: (measurement, context) => {
    const use = useOf(measurement);
    const usedHere = (generatorCpuSecondsHere(measurement) ?? 0) / measurement.windowSeconds;
    const share = usedHere / context.cpusAvailable;
    const isGraver = use > mostGeneratorCores || isStarved(measurement, context);
    if (context.cpuMode !== 'shared' || share <= mostSharedShare || isGraver) return null;
    return {
      message: `the load generator used ${percent(share)} of the CPUs that it shares with the server: a busy server had less CPU time`,
      advice: howToSeparate(measurement),
    };
  },
};
