import { demandLine } from '../../reports/findings/fairness.ts';
import { printable } from '../../reports/terminal/printable.ts';
import { closedLoopOf } from '../../results/cells.ts';
import type { CalibratedRequest, RunDocument, Trial } from '../../results/document/run-document.ts';
import type { PlannedTrial } from '../plan/plan.ts';

/** A run in one line, before it begins. */
export function describePlanned({ plan, seed }: RunDocument): string {
  const servers = plan.servers.map(({ name, workers }) => `${name} (${workers})`).join(', ');
  const workloads = plan.workloads.map(({ name }) => name).join(', ');
  return [
    `${printable(servers)} × ${printable(workloads)}:`,
    `up to ${plan.blocks} blocks with windows of ${plan.durationSeconds} s,`,
    `${plan.connections} connections, seed ${seed}`,
  ].join(' ');
}

/** A trial that is about to run, in a few words. */
export function describeTrial({ purpose, server, workload }: PlannedTrial): string {
  return nameOf(purpose, server.server.name, workload.workload.name);
}

export const calibratingDemand = 'calibrating demand';

/** What was settled for a server, in one line. */
export function describeDemand(demand: CalibratedRequest): string {
  const { reason } = demand;
  return printable(`demand of ${demandLine(demand)}${reason === null ? '' : `; ${reason}`}`);
}

/** A finished trial in one line. */
export function describeOutcome(trial: Trial): string {
  const name = `block ${trial.block + 1} ${nameOf(trial.purpose, trial.server, trial.workload)}:`;
  if (trial.status !== 'ok') return `${name} ${trial.status}: ${printable(trial.reason)}`;
  const closed = closedLoopOf(trial);
  if (!closed) return `${name} done`;
  const p99 = closed.serviceTime.p99Ms;
  return `${name} ${describeRate(closed.throughputPerSecond)}, p99 ${p99 === null ? 'unanswered' : `${p99.toPrecision(3)} ms`}`;
}

const nameOf = (purpose: Trial['purpose'], server: string, workload: string): string =>
  printable(`${server} × ${workload}${purpose === 'control' ? ' again' : ''}`);

export function describeRate(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString('en')} requests/s`;
}

export function describeSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
