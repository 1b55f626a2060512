import type { RunDocument, Warning } from '../document/run-document.ts';

/** Requests that were to cost every server the same CPU time, and do not, or of which it is not known. */
export function unequalDemand({
  calibratedRequests,
}: Pick<RunDocument, 'calibratedRequests'>): Warning[] {
  return calibratedRequests.flatMap(
    ({ server, workload, cpuSeconds, targetCpuSeconds, reason }) => {
      if (reason === null) return [];
      const cost =
        cpuSeconds === null || targetCpuSeconds === null
          ? `it is not known what a request of ${workload} costs ${server}`
          : `a request of ${workload} costs ${server} ${inMs(cpuSeconds)} ms of CPU time, not ${inMs(targetCpuSeconds)} ms`;
      return [
        {
          code: 'unequal-demand',
          severity: 'warn',
          message: `${cost}: ${reason}`,
          advice:
            cpuSeconds === null
              ? 'mend what is named, or read its numbers as those of --fairness work'
              : 'have requests compute more, such as with a larger n',
        },
      ];
    },
  );
}

const inMs = (seconds: number): string => (seconds * 1000).toPrecision(3);
