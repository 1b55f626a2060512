import type { RunDocument } from '../../../results/document/run-document.ts';
import { type Scaling, type ScalingRow, scalingsOf } from '../../../results/scalability/scaling.ts';
import { uslThroughput } from '../../../results/scalability/usl.ts';
import type { LinesSpec } from '../../drawing/chart-spec.ts';
import { html } from '../../drawing/markup.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { scalingColumns } from '../../findings/scaling.ts';
import { figure, idOf, number, table } from '../figures/figure.ts';
import { type Section, section } from '../figures/section.ts';

/** Throughput by number of workers, with the scalability law; null for a run with one number of workers per server. */
export function scaling(document: RunDocument, styleOf: StyleOf): Section | null {
  const scalings = scalingsOf(document);
  if (scalings.length === 0) return null;
  return section(
    'workers',
    'Workers',
    'Number of workers',
    html`${scalings.map((one) => {
      const { server, workload, blocks } = one;
      return figure({
        title: `${server} on ${workload.name}: throughput by workers`,
        note: `Closed loop, ${blocks} blocks; whiskers: 95 % CI.${one.law.kind === 'fitted' ? ' Dashed: the Universal Scalability Law.' : ''}`,
        charts: [
          {
            id: idOf('scaling', server, workload.name),
            summary: one.rows
              .map(({ workers, throughput }) => `${workers}: ${Math.round(throughput.value)}/s`)
              .join(', '),
            spec: chartOf(one, styleOf),
          },
        ],
        numbers: table<ScalingRow>(
          `${server} on ${workload.name}, by number of workers`,
          scalingColumns(one).map(({ title, cell }) => number(title, cell)),
          one.rows,
        ),
      });
    })}`,
  );
}

const stepsOfLaw = 40;

function chartOf({ server, rows, law, best }: Scaling, styleOf: StyleOf): LinesSpec {
  const style = { ...styleOf(best.server.name), dash: [] };
  const most = rows.at(-1)?.workers ?? 1;
  const measured = rows.map(({ workers, throughput: { value, low, high } }) => ({
    x: workers,
    y: value,
    marked: true,
    range: { low, high },
  }));
  const curve = Array.from({ length: stepsOfLaw + 1 }, (_, step) => {
    const workers = 1 + ((most - 1) * step) / stepsOfLaw;
    const y = law.kind === 'fitted' ? uslThroughput(law.fit.coefficients, workers) : 0;
    return { x: workers, y };
  });
  return {
    kind: 'lines',
    x: { title: 'workers', scale: 'linear' },
    y: { title: 'requests/s', scale: 'linear', min: 0 },
    lines: [
      { label: server, style, points: measured },
      ...(law.kind === 'fitted'
        ? [
            {
              label: 'law',
              unnamed: true as const,
              style: { ...style, dash: [6, 4] },
              points: curve,
            },
          ]
        : []),
    ],
  };
}
