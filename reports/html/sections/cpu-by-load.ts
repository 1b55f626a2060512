import { formatNumber } from '../../../results/format.ts';
import type { WorkloadCurves } from '../../../results/load-curve/load-curve.ts';
import type { Spread } from '../../../results/statistics/summary.ts';
import type { Html } from '../../drawing/markup.ts';
import { type StyleOf, shortName } from '../../drawing/theme.ts';
import { spreadText } from '../../findings/cell-text.ts';
import { figure, idOf, number, pointAt, table } from '../figures/figure.ts';

interface Row {
  readonly server: string;
  readonly perSecond: number;
  readonly cpuMs: Spread;
}

/** Fewer loads show no course. */
const fewestLoads = 3;

/** CPU time per request by offered load; null where no server was measured at enough loads. */
export function cpuByLoad({ workload, servers }: WorkloadCurves, styleOf: StyleOf): Html | null {
  const drawn = servers
    .map(({ server, points }) => ({
      name: server,
      rows: points.flatMap(({ offeredPerSecond, cpuMs }): Row[] =>
        cpuMs ? [{ server, perSecond: offeredPerSecond, cpuMs }] : [],
      ),
    }))
    .filter(({ rows }) => rows.length > 0);
  if (!drawn.some(({ rows }) => rows.length >= fewestLoads)) return null;
  const rows = drawn.flatMap((one) => one.rows);
  return figure({
    title: 'CPU time per request by offered load',
    note: 'Open loop: CPU time of all the server’s processes, divided by requests answered.',
    charts: [
      {
        id: idOf('cpu-by-load', workload.name),
        summary: rows
          .map(
            ({ server, perSecond, cpuMs }) =>
              `${server} ${spreadText(cpuMs)} ms at ${formatNumber(perSecond)} requests/s`,
          )
          .join(', '),
        spec: {
          kind: 'lines',
          x: { title: 'requests/s offered (log scale)', scale: 'logarithmic' },
          y: { title: 'ms of CPU time', scale: 'linear', min: 0 },
          lines: drawn.map(({ name, rows: own }) => ({
            label: shortName(name),
            style: styleOf(name),
            points: own.map(({ perSecond, cpuMs }) => pointAt(perSecond, cpuMs)),
          })),
        },
      },
    ],
    numbers: table<Row>(
      `CPU time per request by offered load, ${workload.name}, ms`,
      [
        { title: 'server', cell: ({ server }) => server },
        number('requests/s offered', ({ perSecond }) => formatNumber(perSecond)),
        number('ms of CPU time', ({ cpuMs }) => spreadText(cpuMs)),
        number('blocks', ({ cpuMs }) => String(cpuMs.blocks)),
      ],
      rows,
    ),
  });
}
