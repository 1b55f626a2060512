import type { CalibratedRequest, RunDocument } from '../../results/document/run-document.ts';
import { formatNumber, listed } from './numbers.ts';
import { serverInWords } from './words.ts';

/** What every server was asked alike, in a sentence or two. */
export function fairnessSentence({ plan, calibratedRequests }: RunDocument): string {
  if (plan.fairness === 'work') {
    return 'Every server was asked for the same work, with the same parameters.';
  }
  const workloads = [...new Set(calibratedRequests.map(({ workload }) => workload))];
  if (workloads.length === 0) {
    return 'Requests were to cost every server the same CPU time, but nothing was calibrated: no workload has a cost that can be set, or the run ended before.';
  }
  const others = plan.workloads.map(({ name }) => name).filter((name) => !workloads.includes(name));
  const rest = others.length > 0 ? ` ${listed(others)}: the same parameters for all.` : '';
  const unknown = calibratedRequests.filter(({ cpuSeconds }) => cpuSeconds === null);
  const servers = [...new Set(unknown.map(({ server }) => serverInWords(server)))];
  if (servers.length > 0) {
    return `Requests that compute (${listed(workloads)}) were to cost every server the same CPU time, but what they cost ${listed(servers)} is not known: ${whyUnknown(unknown[0])}. Those were asked as planned, and stand beside the others as by --fairness work.${rest}`;
  }
  return `Requests that compute (${listed(workloads)}) were set to cost every server the same CPU time${standardOf(calibratedRequests)}, each measured alone before the first block: what differs is the concurrency, and not the language’s speed.${rest}`;
}

/** Whose cost the others were brought to: the first, which is asked as planned. */
function standardOf(calibratedRequests: readonly CalibratedRequest[]): string {
  const [first] = calibratedRequests;
  return first?.targetCpuSeconds == null
    ? ''
    : `, ${formatNumber(first.targetCpuSeconds * 1000)} ms, as planned for ${serverInWords(first.server)}`;
}

/** What servers were asked where that is not the same for all; null where the workload's path holds for all. */
export function askedInstead({ calibratedRequests }: RunDocument, workload: string): string | null {
  return calibratedRequests.some((demand) => demand.workload === workload)
    ? 'as each server was asked it, see “What a request was made to cost”'
    : null;
}

export interface DemandColumn {
  readonly title: string;
  readonly numeric?: true;
  readonly cell: (demand: CalibratedRequest) => string;
}

/** A table of what each server was asked, and what that cost it. */
export const demandColumns: readonly DemandColumn[] = [
  { title: 'server', cell: ({ server }) => server },
  { title: 'workload', cell: ({ workload }) => workload },
  { title: 'request', cell: ({ path }) => path },
  { title: 'CPU time, ms', numeric: true, cell: ({ cpuSeconds }) => inMs(cpuSeconds) },
  { title: 'target, ms', numeric: true, cell: ({ targetCpuSeconds }) => inMs(targetCpuSeconds) },
  { title: 'off by', numeric: true, cell: offBy },
];

/** The same in one line. */
export const demandLine = ({ server, workload, path, ...cost }: CalibratedRequest): string =>
  cost.cpuSeconds === null
    ? `${server} on ${workload}: ${path}, as planned; its cost is not known: ${whyUnknown(cost)}`
    : `${server} on ${workload}: ${path}, ${inMs(cost.cpuSeconds)} ms of CPU time where ${inMs(cost.targetCpuSeconds)} ms are the target`;

const whyUnknown = (demand: Pick<CalibratedRequest, 'reason'> | undefined): string =>
  demand?.reason ?? 'it was not measured';

const inMs = (seconds: number | null): string =>
  seconds === null ? 'not known' : formatNumber(seconds * 1000);

function offBy({ cpuSeconds, targetCpuSeconds }: CalibratedRequest): string {
  if (cpuSeconds === null || targetCpuSeconds === null) return 'not known';
  return `${((cpuSeconds / targetCpuSeconds - 1) * 100).toFixed(1)} %`;
}
