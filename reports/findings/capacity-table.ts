import { type Bottleneck, bottleneckOf } from '../../results/bottleneck/bottleneck.ts';
import type {
  PlannedServer,
  PlannedWorkload,
  RunDocument,
} from '../../results/document/run-document.ts';
import { formatNumber, joinWithAnd } from '../../results/format.ts';
import { type Cost, costOf } from '../../results/load-curve/cost.ts';
import {
  type LoadCurve,
  loadCurvesOf,
  type WorkloadCurves,
} from '../../results/load-curve/load-curve.ts';
import type { LoadLimit } from '../../results/load-curve/load-limit.ts';
import { trialsOf } from '../../results/select.ts';
import { bottleneckClause } from './bottleneck-sentence.ts';
import { limitText, objectiveInWords } from './load-text.ts';
import { serverInWords } from './words.ts';

/** What a run shows about how much each server handles under one workload, and why no more. */
export interface CapacityTable {
  readonly workload: PlannedWorkload;
  readonly curves: WorkloadCurves;
  readonly rows: readonly CapacityRow[];
}

export interface CapacityRow {
  readonly server: PlannedServer;
  readonly curve: LoadCurve;
  readonly bottleneck: Bottleneck;
  readonly cost: Cost;
}

/** Null where a workload has neither a load curve nor an objective, as in documents of earlier versions. */
export function capacityTable(
  document: RunDocument,
  workload: PlannedWorkload,
): CapacityTable | null {
  const trials = trialsOf(document, { workload: workload.name });
  const isOffered = workload.objectives.length > 0 || trials.some(({ curve }) => curve.length > 0);
  if (!isOffered || trials.length === 0) return null;
  const curves = loadCurvesOf(document, workload);
  const rows = curves.servers.flatMap((curve): CapacityRow[] => {
    const server = document.plan.servers.find(({ name }) => name === curve.server);
    const bottleneck = bottleneckOf(document, workload, curve.server);
    const cost = costOf(document, workload.name, curve);
    return server ? [{ server, curve, bottleneck, cost }] : [];
  });
  return { workload, curves, rows };
}

/** The tables of all workloads that have one. */
export const capacityTables = (document: RunDocument): CapacityTable[] =>
  document.plan.workloads.flatMap((workload) => capacityTable(document, workload) ?? []);

/**
 * "On cpu, the event loop saturates at 633 (632–635) requests/s and keeps p95 < 20 ms up to 517 (507–528) requests/s: its
 * one thread is busy 99 % of the time."
 */
export function capacitySentence(
  { name }: Pick<PlannedWorkload, 'name'>,
  { server, curve: { saturation, objectives }, bottleneck }: CapacityRow,
): string {
  const clauses = [saturationClause(saturation), ...objectives.map(objectiveClause)];
  const lead = `On ${name}, ${serverInWords(server.name)} ${joinWithAnd(clauses)}`;
  // What limits the closed loop alone does not limit the server.
  if (bottleneck.kind === 'connections') {
    return `${lead}. In the closed loop, ${bottleneckClause(bottleneck)}.`;
  }
  return bottleneck.kind === 'unknown'
    ? `${lead}. What limits it is unknown: ${bottleneck.reason}.`
    : `${lead}: ${bottleneckClause(bottleneck)}.`;
}

function saturationClause(saturation: LoadLimit): string {
  switch (saturation.kind) {
    case 'measured':
      return `saturates at ${limitText(saturation)} requests/s`;
    case 'at-least':
      return `does not saturate at ${formatNumber(saturation.perSecond)} requests/s, the most that was measured`;
    case 'less-than':
      return `saturates below ${formatNumber(saturation.perSecond)} requests/s`;
    default:
      return `has no known saturation (${saturation.reason})`;
  }
}

function objectiveClause({ objective, capacity }: LoadCurve['objectives'][number]): string {
  const what = objectiveInWords(objective);
  switch (capacity.kind) {
    case 'measured':
      return `keeps ${what} up to ${limitText(capacity)} requests/s${capacity.interval ? '' : ' (no interval: each load was offered in one block only)'}`;
    case 'at-least':
      return `keeps ${what} up to ${formatNumber(capacity.perSecond)} requests/s at least`;
    case 'less-than':
      return `does not keep ${what} even at ${formatNumber(capacity.perSecond)} requests/s`;
    default:
      return `has no known capacity with ${what} (${capacity.reason})`;
  }
}
