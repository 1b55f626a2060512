import { calibrationLine } from '../../reports/findings/fairness.ts';
import { printable } from '../../reports/terminal/text.ts';
import type { CalibratedRequest, RunDocument, Trial } from '../../results/document/run-document.ts';
import { plural } from '../../results/format.ts';
import type { PlannedTrial } from '../plan/plan.ts';

export const calibratingDemand = 'calibrating demand';

/** A run in one line, before it begins. With a time budget it may end before all blocks are done. */
export function describePlanned({ plan, seed }: RunDocument, budgetSeconds: number | null): string {
  const blocks = plural(plan.blocks, 'block');
  const namesOf = (items: readonly { readonly name: string }[]) =>
    printable(items.map(({ name }) => name).join(', '));
  return [
    `${namesOf(plan.servers)} × ${namesOf(plan.workloads)}:`,
    `${budgetSeconds === null ? blocks : `up to ${blocks}`}, windows of ${plan.durationSeconds} s,`,
    `${plural(plan.connections, 'connection')}, seed ${seed}`,
  ].join(' ');
}

/** A trial that is about to run, in a few words. */
export function describeTrial({ purpose, server, workload }: PlannedTrial): string {
  return nameOf(purpose, server.name, workload.name);
}

/** The calibrated request of a server, in one line. */
export function describeDemand(demand: CalibratedRequest): string {
  const { reason } = demand;
  return printable(`demand of ${calibrationLine(demand)}${reason === null ? '' : `; ${reason}`}`);
}

/** A finished trial in one line. */
export function describeOutcome(trial: Trial): string {
  const name = `block ${trial.block + 1} ${nameOf(trial.purpose, trial.server, trial.workload)}:`;
  if (trial.status === 'interrupted') return `${name} interrupted`;
  if (trial.status !== 'ok') return `${name} ${trial.status}: ${printable(trial.reason)}`;
  const closed = trial.measurements.find(({ loop }) => loop === 'closed');
  if (!closed) return `${name} done`;
  const isVoid = [...trial.warnings, ...closed.warnings].some(
    ({ severity }) => severity === 'void',
  );
  return `${name} ${describeRate(closed.throughputPerSecond)}${isVoid ? ' (void; the report says why)' : ''}`;
}

const nameOf = (purpose: Trial['purpose'], server: string, workload: string): string =>
  printable(
    `${server} × ${workload}${purpose === 'control' ? ' (control: same server again)' : ''}`,
  );

export function describeRate(perSecond: number): string {
  const digits = perSecond < 10 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 };
  return `${perSecond.toLocaleString('en', digits)} req/s`;
}

export function describeSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
