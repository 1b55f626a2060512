import type {
  PlannedServer,
  PlannedWorkload,
  RunDocument,
} from '../../../results/document/run-document.ts';
import type { ModelFidelity } from '../../../results/fidelity/model-fidelity.ts';
import { type ConcurrencyPoint, concurrencyCurve } from '../../../results/fidelity/throughput.ts';
import { formatNumber } from '../../../results/format.ts';
import { type Spread, spreadOf } from '../../../results/statistics/summary.ts';
import type { Html } from '../../drawing/markup.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { spreadText } from '../../findings/cell-text.ts';
import { figure, idOf, number, pointAt, table } from '../figures/figure.ts';

/** A server's throughput with a number of connections, over the blocks. */
interface Row {
  readonly workload: string;
  readonly server: string;
  readonly connections: number;
  readonly throughput: Spread;
  readonly share: Spread;
}

/** Throughput by number of connections, of a model and its reference: a small chart for each workload. */
export function concurrencyFigure(
  document: RunDocument,
  { model, reference, workloads }: ModelFidelity,
  styleOf: StyleOf,
): Html {
  const title = `Throughput by concurrency, ${model.name} and ${reference.name}`;
  const drawn = document.plan.workloads
    .filter(({ name }) => workloads.some(({ workload }) => workload === name))
    .map((workload) => ({
      name: workload.name,
      curves: [model, reference]
        .map((server) => rowsOf(document, workload, server))
        .filter((rows) => rows.length > 0),
    }))
    .filter(({ curves }) => curves.length > 0);
  return figure({
    title,
    note:
      drawn.length > 0
        ? 'Closed loops: the share of the throughput that the design allows with so many connections, min(connections / (wait + CPU), capacity). Whiskers: lowest and highest block.'
        : 'No trial has a throughput and a CPU time.',
    layout: 'beside',
    charts: drawn.map(({ name, curves }) => ({
      id: idOf('concurrency', model.name, reference.name, name),
      heading: name,
      summary: `${name}: ${curves
        .flat()
        .map((row) => `${row.server} ${spreadText(row.share)} with ${row.connections}`)
        .join(', ')}.`,
      spec: {
        kind: 'lines',
        x: { title: 'connections (log scale)', scale: 'logarithmic' },
        y: { title: 'share of the ideal', scale: 'linear', min: 0 },
        lines: curves.map((rows) => ({
          label: rows[0]?.server ?? '',
          style: styleOf(rows[0]?.server ?? ''),
          points: rows.map(({ connections, share }) => pointAt(connections, share)),
        })),
      },
    })),
    numbers: table<Row>(
      title,
      [
        { title: 'workload', cell: ({ workload }) => workload },
        { title: 'server', cell: ({ server }) => server },
        number('connections', ({ connections }) => formatNumber(connections)),
        number('requests/s', ({ throughput }) => spreadText(throughput)),
        number('share of the ideal', ({ share }) => spreadText(share)),
      ],
      drawn.flatMap(({ curves }) => curves.flat()),
    ),
  });
}

function rowsOf(document: RunDocument, workload: PlannedWorkload, server: PlannedServer): Row[] {
  const points = Map.groupBy(
    concurrencyCurve(document, workload, server),
    (point) => point.connections,
  );
  return [...points]
    .sort(([a], [b]) => a - b)
    .flatMap(([connections, of]) => {
      const spread = (value: (point: ConcurrencyPoint) => number) =>
        spreadOf(new Map(of.map((point) => [point.block, value(point)])));
      const throughput = spread((point) => point.throughputPerSecond);
      const share = spread((point) => point.shareOfIdeal);
      const names = { workload: workload.name, server: server.name };
      return throughput && share ? [{ ...names, connections, throughput, share }] : [];
    });
}
