import type { CalibratedRequest, RunDocument } from '../../results/document/run-document.ts';
import { formatNumber, joinWithAnd } from '../../results/format.ts';
import { serverInWords } from './words.ts';

/** What was the same for every server, in a sentence or two; empty where one server ran. */
export function fairnessNote({ plan, calibratedRequests }: RunDocument): string {
  if (plan.fairness === 'work') {
    return plan.servers.length > 1
      ? 'Every server was sent the same requests, with the same parameters.'
      : '';
  }
  const workloads = [...new Set(calibratedRequests.map(({ workload }) => workload))];
  if (workloads.length === 0) {
    return 'No request was calibrated to equal CPU time: no workload has an adjustable cost, or the run ended before.';
  }
  const others = plan.workloads.map(({ name }) => name).filter((name) => !workloads.includes(name));
  const rest =
    others.length > 0 ? ` The parameters of ${joinWithAnd(others)} are the same for all.` : '';
  const unknown = calibratedRequests.filter(({ cpuSeconds }) => cpuSeconds === null);
  const servers = joinWithAnd([...new Set(unknown.map(({ server }) => serverInWords(server)))]);
  const what = joinWithAnd(workloads);
  return unknown.length > 0
    ? `CPU time per request could not be calibrated on ${what} for ${servers}: ${whyUnknown(unknown[0])}. There, the requests were not modified, as with --fairness work.${rest}`
    : `Requests on ${what} were calibrated so that every server spends the same CPU time on each${targetOf(calibratedRequests)}; remaining differences come from concurrency, not from the speed of the language.${rest}`;
}

/** The cost that the others were brought to: that of the first server, whose request is the planned one. */
function targetOf([first]: readonly CalibratedRequest[]): string {
  return first?.targetCpuSeconds == null
    ? ''
    : ` (${inMs(first.targetCpuSeconds)} ms, the cost on ${serverInWords(first.server)})`;
}

/** Where a reader finds the request that each server was sent; null where all were sent the same. */
export function calibrationNote(
  { calibratedRequests }: RunDocument,
  workload: string,
): string | null {
  return calibratedRequests.some((request) => request.workload === workload)
    ? 'calibrated for each server, see “Calibrated requests”'
    : null;
}

export interface CalibrationColumn {
  readonly title: string;
  readonly numeric?: true;
  readonly cell: (request: CalibratedRequest) => string;
}

/** A table of the request that each server was sent, and of the CPU time that it cost. */
export const calibrationColumns: readonly CalibrationColumn[] = [
  { title: 'server', cell: ({ server }) => server },
  { title: 'workload', cell: ({ workload }) => workload },
  { title: 'request', cell: ({ path }) => path },
  { title: 'CPU time, ms', numeric: true, cell: ({ cpuSeconds }) => inMs(cpuSeconds) },
  { title: 'target, ms', numeric: true, cell: ({ targetCpuSeconds }) => inMs(targetCpuSeconds) },
  { title: 'off by', numeric: true, cell: offBy },
];

/** A row of that table in one line. */
export const calibrationLine = ({ server, workload, path, ...cost }: CalibratedRequest): string =>
  cost.cpuSeconds === null
    ? `${server} on ${workload}: ${path}, unmodified; CPU time unknown: ${whyUnknown(cost)}`
    : `${server} on ${workload}: ${path}, ${inMs(cost.cpuSeconds)} ms CPU time (target ${inMs(cost.targetCpuSeconds)} ms)`;

const whyUnknown = (request: Pick<CalibratedRequest, 'reason'> | undefined): string =>
  request?.reason ?? 'it was not measured';

const inMs = (seconds: number | null): string =>
  seconds === null ? 'unknown' : formatNumber(seconds * 1000);

function offBy({ cpuSeconds, targetCpuSeconds }: CalibratedRequest): string {
  if (cpuSeconds === null || targetCpuSeconds === null) return 'unknown';
  return `${((cpuSeconds / targetCpuSeconds - 1) * 100).toFixed(1)} %`;
}
