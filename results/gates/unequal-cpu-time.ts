import { formatNumber } from '../format.ts';
import type { RunGate } from './gate.ts';

/** Requests that should cost every server the same CPU time, but do not, or whose cost is unknown. */
export const unequalCpuTime: RunGate = {
  code: 'unequal-cpu-time',
  severity: 'warn',
  check: 'cpuTime',
  blame: 'instrument',
  raisedWhen:
    'with `--fairness demand`, a request costs a server 3 % more or less CPU time than the target, or its cost is unknown',
  test: ({ calibratedRequests }) =>
    calibratedRequests.flatMap(({ server, workload, cpuSeconds, targetCpuSeconds, reason }) => {
      if (reason === null) return [];
      const isKnown = cpuSeconds !== null && targetCpuSeconds !== null;
      const seen = isKnown
        ? `a ${workload} request costs ${server} ${inMs(cpuSeconds)} of CPU time instead of ${inMs(targetCpuSeconds)}`
        : `the CPU time of a ${workload} request on ${server} is unknown`;
      return {
        message: `${seen} (${reason}): its numbers include that difference`,
        advice: isKnown
          ? 'let requests compute more, for instance with a larger n'
          : 'fix the cause given, or read these numbers as with --fairness work',
      };
    }),
};

const inMs = (seconds: number): string => `${formatNumber(seconds * 1000)} ms`;
