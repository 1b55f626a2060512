import { calibrationLine } from '../../reports/findings/fairness.ts';
import { printable } from '../../reports/terminal/text.ts';
import type {
  CalibratedRequest,
  Disturbance,
  RunDocument,
  Trial,
} from '../../results/document/run-document.ts';
import { plural } from '../../results/format.ts';
import { usableWindow, windowOf } from '../../results/select.ts';
import type { RunEvent } from '../run/events.ts';

export const calibratingDemand = 'calibrating demand';

/** The lines that an event leaves in a log. */
export function linesFor(event: RunEvent): string[] {
  switch (event.type) {
    case 'run-started':
      return [describePlanned(event.document, event.budgetSeconds)];
    case 'calibrated':
      return [describeDemand(event.demand)];
    case 'disturbed':
      return [describeDisturbance(event.disturbance)];
    case 'group-finished':
      return describeGroup(event.trials);
    default:
      return [];
  }
}

/** A run in one line, before it begins. With a time budget it may end before all blocks are done. */
function describePlanned({ plan, seed }: RunDocument, budgetSeconds: number | null): string {
  const blocks = plural(plan.blocks, 'block');
  const namesOf = (items: readonly { readonly name: string }[]) =>
    printable(items.map(({ name }) => name).join(', '));
  return [
    `${namesOf(plan.servers)} × ${namesOf(plan.workloads)}:`,
    `${budgetSeconds === null ? blocks : `up to ${blocks}`}, windows of ${plan.durationSeconds} s,`,
    `${plural(plan.connections, 'connection')}, seed ${seed}`,
  ].join(' ');
}

/** The calibrated request of a server, in one line. */
function describeDemand(demand: CalibratedRequest): string {
  const { reason } = demand;
  return printable(`demand of ${calibrationLine(demand)}${reason === null ? '' : `; ${reason}`}`);
}

/** The trials of a finished group: one line with what was served, and one for each trial without a number. */
function describeGroup(trials: readonly Trial[]): string[] {
  const [any] = trials;
  if (!any) return [];
  const name = `block ${any.block + 1} ${printable(any.workload)}:`;
  const served = trials.flatMap((trial) => {
    const text = trial.status === 'ok' ? describeThroughput(trial) : null;
    return text === null ? [] : [`${nameOf(trial)} ${text}`];
  });
  const failed = trials.flatMap((trial) =>
    trial.status === 'ok' ? [] : [`${name} ${nameOf(trial)} ${outcomeOf(trial)}`],
  );
  return [...(served.length > 0 ? [`${name} ${served.join(', ')}`] : []), ...failed];
}

/** Null for a trial without a closed loop. */
function describeThroughput(trial: Trial): string | null {
  const closed = windowOf(trial, 'closed');
  if (!closed) return null;
  const isUsable = usableWindow(trial, 'closed') !== null;
  return `${describeRate(closed.throughputPerSecond)}${isUsable ? '' : ' (void; the report says why)'}`;
}

const outcomeOf = (trial: Exclude<Trial, { status: 'ok' }>): string =>
  trial.status === 'interrupted' ? 'interrupted' : `${trial.status}: ${printable(trial.reason)}`;

const nameOf = ({ server, purpose }: Trial): string =>
  printable(purpose === 'control' ? `${server} (control: same server again)` : server);

/** A turn that other programs disturbed, in one line. */
function describeDisturbance({ block, workload, reason, repeated }: Disturbance): string {
  const outcome = repeated ? 'measuring again' : 'kept, with a warning';
  return printable(`block ${block + 1} ${workload}: ${reason}; ${outcome}`);
}

export function describeRate(perSecond: number): string {
  const digits = perSecond < 10 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 };
  return `${perSecond.toLocaleString('en', digits)} req/s`;
}

export function describeSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
