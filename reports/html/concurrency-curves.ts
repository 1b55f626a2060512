import type {
  PlannedServer,
  PlannedWorkload,
  RunDocument,
} from '../../results/document/run-document.ts';
import type { PairFidelity } from '../../results/fidelity/fidelities.ts';
import { type CurvePoint, curveOf } from '../../results/fidelity/throughput.ts';
import { type Spread, spreadOf } from '../../results/statistics/spread.ts';
import { formatNumber } from '../findings/numbers.ts';
import type { Look } from '../findings/palette.ts';
import { spreadText } from '../findings/spread.ts';
import type { LinesSpec } from './chart-spec.ts';
import { idPart, table, whiskerOf } from './figure.ts';
import type { Html } from './html.ts';
import { type Panel, panelsFigure } from './panels.ts';

/** What a server did with so many connections, over the blocks. */
interface Row {
  readonly workload: string;
  readonly server: string;
  readonly connections: number;
  readonly throughput: Spread;
  readonly share: Spread;
}

/** Throughput over the number of connections, of a model and its original: a small chart for each workload. */
export function concurrencyCurves(
  document: RunDocument,
  { model, original, workloads }: PairFidelity,
  looks: ReadonlyMap<string, Look>,
): Html {
  const planned = document.plan.workloads.filter(({ name }) =>
    workloads.some(({ workload }) => workload === name),
  );
  const curves = planned.map((workload) => ({
    workload: workload.name,
    rows: [model, original].map((server) => rowsOf(document, workload, server)),
  }));
  const drawn = curves.filter(({ rows }) => rows.some((one) => one.length > 0));
  return panelsFigure({
    title: `Throughput over concurrency, ${model.name} and ${original.name}`,
    note:
      drawn.length > 0
        ? 'Closed loops: the share of what the design allows with so many connections, min(connections / (wait + CPU), capacity). Whiskers: lowest and highest block.'
        : 'No trial has a throughput and a CPU time.',
    layout: 'beside',
    panels: drawn.map(
      ({ workload, rows }): Panel => ({
        id: ['concurrency', model.name, original.name, workload].map(idPart).join('-'),
        title: workload,
        summary: `${workload}: ${rows.flat().map(rowText).join(', ')}.`,
        spec: specOf(rows, looks),
      }),
    ),
    numbers: table<Row>(
      `Throughput over concurrency, ${model.name} and ${original.name}`,
      [
        { title: 'workload', cell: ({ workload }) => workload },
        { title: 'server', cell: ({ server }) => server },
        { title: 'connections', numeric: true, cell: (row) => formatNumber(row.connections) },
        { title: 'requests/s', numeric: true, cell: (row) => spreadText(row.throughput) },
        { title: 'share of the ideal', numeric: true, cell: (row) => spreadText(row.share) },
      ],
      drawn.flatMap(({ rows }) => rows.flat()),
    ),
  });
}

function rowsOf(document: RunDocument, workload: PlannedWorkload, server: PlannedServer): Row[] {
  const points = Map.groupBy(curveOf(document, workload, server), (point) => point.connections);
  return [...points]
    .sort(([a], [b]) => a - b)
    .flatMap(([connections, of]) => {
      const spread = (value: (point: CurvePoint) => number) =>
        spreadOf(new Map(of.map((point) => [point.block, value(point)])));
      const throughput = spread((point) => point.throughputPerSecond);
      const share = spread((point) => point.shareOfIdeal);
      const names = { workload: workload.name, server: server.name };
      return throughput && share ? [{ ...names, connections, throughput, share }] : [];
    });
}

const rowText = ({ server, connections, share }: Row): string =>
  `${server} ${spreadText(share)} with ${connections}`;

function specOf(rows: readonly (readonly Row[])[], looks: ReadonlyMap<string, Look>): LinesSpec {
  return {
    kind: 'lines',
    x: { title: 'connections (log scale)', scale: 'logarithmic' },
    y: { title: 'share of the ideal', scale: 'linear', min: 0 },
    lines: rows.flatMap((points) => {
      const look = looks.get(points[0]?.server ?? '');
      if (!look) return [];
      return [
        {
          label: points[0]?.server ?? '',
          look,
          points: points.map(({ connections, share }) => ({
            x: connections,
            y: share.median,
            marked: true,
            range: whiskerOf(share),
          })),
        },
      ];
    }),
  };
}
