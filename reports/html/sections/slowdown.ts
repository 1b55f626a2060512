import { formatNumber, joinWithAnd } from '../../../results/format.ts';
import { percentileInWords } from '../../../results/verdicts/metric.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { type Slowdown, slowdownsOf } from '../../../results/verdicts/slowdown.ts';
import type { Html } from '../../drawing/markup.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { ratioText } from '../../findings/numbers.ts';
import { type Bar, barFigure } from '../figures/bar-figure.ts';

/** What the other classes of requests do to the first. Null where that was not measured. */
export function slowdown(ranking: WorkloadRanking, styleOf: StyleOf): Html | null {
  const slowdowns = slowdownsOf(ranking);
  if (!slowdowns) return null;
  const { className, others, percentile, servers } = slowdowns;
  return barFigure(
    {
      id: 'slowdown',
      title: `Slowdown of ${className} requests`,
      workload: ranking.workload.name,
      axis: '× as long as alone',
      note: `Open loop: ${percentileInWords(percentile)} response time of ${className} requests beside ${joinWithAnd(others)} ones, over that of as many ${className} requests alone in the same block. Geometric mean over the blocks; whiskers: 95 % CI.`,
      bars: servers.map(barOf),
      basis: 'blocks',
    },
    styleOf,
  );
}

function barOf(factor: Slowdown): Bar {
  const { server, ratio, low, high, beside } = factor;
  const range = { low, high };
  return {
    server: server.name,
    value: ratio,
    range: Number.isFinite(high) ? range : null,
    label: formatNumber(ratio, range),
    text: ratioText(factor),
    predicted: null,
    basis: String(beside.blocks),
  };
}
