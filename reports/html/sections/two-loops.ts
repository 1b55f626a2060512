import type { LinesSpec } from '../../drawing/chart-spec.ts';
import { type Html, html, prose } from '../../drawing/markup.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { spreadText } from '../../findings/cell-text.ts';
import { reportedPercentiles, type ServerTimes } from '../../findings/response-times.ts';
import type { TwoLoops } from '../../findings/two-loops.ts';
import { figure, idOf, number, table } from '../figures/figure.ts';
import { percentileLine, percentileSpec } from './percentiles.ts';

/** Coordinated omission in one picture: the percentiles of one server by open and by closed loop. */
export function twoLoops(
  { workload, server, className, open, closed, sentences }: TwoLoops,
  styleOf: StyleOf,
): Html {
  const rows = [
    { ...open, label: 'open loop' },
    { ...closed, label: 'closed loop' },
  ];
  const lines = rows.map((row, index): LinesSpec['lines'][number] => ({
    ...percentileLine(row, styleOf(server)),
    label: row.label,
    style: { ...styleOf(server), dash: index === 0 ? [] : [6, 4] },
  }));
  const requests = className === null ? '' : `, ${className} requests`;
  const title = `${server} on ${workload}${requests}, by both kinds of load`;
  return html`${sentences.map((sentence) => html`<p>${prose(sentence)}</p>`)}
${figure({
  title,
  note: 'Solid: response time in the open loop. Dashed: service time in the closed loop.',
  charts: [
    {
      id: idOf('two-loops', workload, server),
      summary: rows
        .map(
          ({ label, spreads }) =>
            `${label} ${reportedPercentiles
              .flatMap(({ percentile }, index) =>
                spreads[index] ? [`p${percentile} ${spreadText(spreads[index])} ms`] : [],
              )
              .join(', ')}`,
        )
        .join('; '),
      spec: percentileSpec(lines, 'time, ms'),
    },
  ],
  numbers: table<ServerTimes>(
    `${title}, ms`,
    [
      { title: 'load', cell: ({ label }) => label },
      ...reportedPercentiles.map(({ percentile }, index) =>
        number(`p${percentile}`, ({ spreads }: ServerTimes) => spreadText(spreads[index] ?? null)),
      ),
    ],
    rows,
  ),
})}`;
}
