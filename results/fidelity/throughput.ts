import type { PlannedServer, PlannedWorkload, RunDocument } from '../document/run-document.ts';
import { usableClosedLoops } from '../select.ts';
import { type Component, componentOver, type Match } from './component.ts';
import { idealOf } from './ideal.ts';
import { closedThroughput, usableTrials } from './windows.ts';

/** What a server did in one closed loop. */
export interface CurvePoint {
  readonly block: number;
  readonly connections: number;
  readonly throughputPerSecond: number;
  /** Of what its design allows with so many connections. */
  readonly shareOfIdeal: number;
}

/** A server's throughput over the number of connections, in every block. */
export function curveOf(
  document: RunDocument,
  workload: PlannedWorkload,
  server: PlannedServer,
): CurvePoint[] {
  const trials = usableTrials(document, server.name, workload.name);
  return [...trials].flatMap(([block, trial]) => {
    const ideal = idealOf(document, workload, server, trial);
    if (!ideal) return [];
    return usableClosedLoops(trial)
      .map((window) => ({
        block,
        connections: window.connections,
        throughputPerSecond: closedThroughput(window, workload),
      }))
      .filter(({ throughputPerSecond }) => throughputPerSecond > 0)
      .map((point) => ({
        ...point,
        shareOfIdeal: point.throughputPerSecond / ideal(point.connections),
      }));
  });
}

const about = { kind: 'throughput', quantity: 'share of the ideal throughput' } as const;

/** How alike two servers use what their design allows, at every number of connections. */
export function throughputComponent({ document, workload, model, original }: Match): Component {
  const ofModel = curveOf(document, workload, model);
  const ofOriginal = curveOf(document, workload, original);
  const loads = [...new Set(ofModel.map(({ connections }) => connections))];
  return componentOver(
    about,
    loads.map((load) => ({ model: sharesAt(ofModel, load), original: sharesAt(ofOriginal, load) })),
    'no block has a throughput and a CPU time of both',
  );
}

const sharesAt = (curve: readonly CurvePoint[], load: number): Map<number, number> =>
  new Map(
    curve
      .filter(({ connections }) => connections === load)
      .map(({ block, shareOfIdeal }) => [block, shareOfIdeal]),
  );
