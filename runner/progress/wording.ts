import { calibrationLine } from '../../reports/findings/fairness.ts';
import { printable } from '../../reports/terminal/text.ts';
import type {
  CalibratedRequest,
  Disturbance,
  RunDocument,
} from '../../results/document/run-document.ts';
import { plural } from '../../results/format.ts';
import { addressOf } from '../../servers/launch/ports.ts';
import type { LoadWorkersPlan } from '../load/workers/load-workers.ts';
import { objectiveAsTyped } from '../plan/objectives.ts';
import type { RunEvent } from '../run/events.ts';
import { groupLines } from './group-lines.ts';

export const calibratingDemand = 'calibrating demand';

/** Makes a function that gives the lines that an event leaves in a log. */
export function progressLines(): (event: RunEvent) => string[] {
  let isReported = false; // where other programs never stop, once for each group is enough
  return (event) => {
    switch (event.type) {
      case 'run-started':
        return describePlanned(event);
      case 'waiting-for-load-workers':
        return [waitingForLoadWorkers(event)];
      case 'load-worker-joined':
        return [printable(`load worker ${event.name} joined: ${plural(event.cpus, 'CPU')}`)];
      case 'load-workers-missing': {
        const { present, count, withinMs } = event;
        const missing = plural(count - present, 'load worker');
        return [
          `waiting up to ${withinMs / 1000} s for ${missing} to come back, or others instead`,
        ];
      }
      case 'calibrated':
        return [describeDemand(event.demand)];
      case 'group-started':
        isReported = false;
        return [];
      case 'disturbed': {
        const lines = isReported ? [] : [describeDisturbance(event.disturbance)];
        isReported = true;
        return lines;
      }
      case 'group-finished':
        return groupLines(event.trials, event.document);
      default:
        return [];
    }
  };
}

/** What to do on the load machines. */
export function waitingForLoadWorkers({ count, host, port }: LoadWorkersPlan): string {
  return `waiting for ${plural(count, 'load worker')}: bench worker --master ${addressOf({ host, port })}`;
}

type RunStarted = Extract<RunEvent, { type: 'run-started' }>;

/** What a run will do, and how long that takes. */
function describePlanned({ document, timing, plannedSeconds }: RunStarted): string[] {
  const { plan, seed } = document;
  const namesOf = (items: readonly { readonly name: string }[]) =>
    printable(items.map(({ name }) => name).join(', '));
  return [
    `${namesOf(plan.servers)} × ${namesOf(plan.workloads)}: ${plural(plan.connections, 'connection')}, seed ${seed}`,
    durationInWords(document, timing, plannedSeconds),
    ...objectivesInWords(document, timing),
    ...leftOutInWords(timing),
  ];
}

/** What the load curve is searched for; nothing without one. */
function objectivesInWords(
  { plan: { workloads } }: RunDocument,
  { curve }: RunStarted['timing'],
): string[] {
  const all = workloads.flatMap(({ name, objectives }) =>
    objectives.map((objective) => objectiveAsTyped(name, objective)),
  );
  return curve && all.length > 0 ? [printable(`load curve, for ${all.join(', ')}`)] : [];
}

/** What the run has no time for. A run with closed loops in every block but no open loops was planned so. */
function leftOutInWords({ furtherWindows, curve }: RunStarted['timing']): string[] {
  if (!furtherWindows.includes('shared')) {
    if (furtherWindows.includes('closed')) return [];
    return [
      'for lack of time, only the main metric of each workload is measured, and no load curve',
    ];
  }
  return curve ? [] : ['for lack of time, no load curve is measured'];
}

function durationInWords(
  { plan: { servers, workloads, blocks, durationSeconds } }: RunDocument,
  { budgetSeconds, extraSeconds }: RunStarted['timing'],
  plannedSeconds: number,
): string {
  const windows = `windows of ${durationSeconds} s`;
  if (budgetSeconds === null) {
    return `${plural(blocks, 'block')}, about ${describeSeconds(plannedSeconds)}; ${windows}`;
  }
  const most = `at most ${describeSeconds(Math.min(budgetSeconds, plannedSeconds))}`;
  const compared = `${plural(servers.length, 'server')} × ${plural(workloads.length, 'workload')}`;
  const why =
    extraSeconds > 0
      ? ` (${describeSeconds(budgetSeconds - extraSeconds)} is too short for ${compared})`
      : '';
  const sooner = servers.length > 1 ? ', sooner when all comparisons are decided' : '';
  return `${most}${why}${sooner}; ${windows}`;
}

/** The calibrated request of a server, in one line. */
function describeDemand(demand: CalibratedRequest): string {
  const { reason } = demand;
  return printable(`demand of ${calibrationLine(demand)}${reason === null ? '' : `; ${reason}`}`);
}

/** A turn that other programs disturbed, in one line. */
function describeDisturbance({ block, workload, reason, repeated }: Disturbance): string {
  const outcome = repeated ? 'measuring again' : 'not measured again';
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
