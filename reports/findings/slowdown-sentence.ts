import { joinWithAnd } from '../../results/format.ts';
import { percentileInWords } from '../../results/verdicts/metric.ts';
import type { WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { type Slowdown, slowdownsOf } from '../../results/verdicts/slowdown.ts';
import { ratioText, saysNothing } from './numbers.ts';
import { serverInWords } from './words.ts';

/** More servers than this make no sentence: only the lowest and the highest slowdown are named. */
const mostNamed = 3;

/**
 * What heavy work does to light requests: "Beside heavy requests, light ones take 9.1× (7.5–11) as long as alone on the
 * event loop, 1.2× (1.1–1.3) on the pool (p95 response time)." Null where that was not measured,
 * or where the intervals show nothing.
 */
export function slowdownSentence(ranking: WorkloadRanking): string | null {
  const slowdowns = slowdownsOf(ranking);
  if (!slowdowns) return null;
  const { className, others, percentile } = slowdowns;
  const servers = slowdowns.servers.filter((one) => !saysNothing(one));
  if (servers.length === 0) return null;
  const on = ({ server }: Slowdown) => `on ${serverInWords(server.name)}`;
  const sorted = servers.toSorted((a, b) => a.ratio - b.ratio);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  const times =
    servers.length > mostNamed && lowest && highest
      ? `from ${ratioText(lowest)} as long as alone ${on(lowest)} to ${ratioText(highest)} ${on(highest)}`
      : servers
          .map(
            (one, index) => `${ratioText(one)}${index === 0 ? ' as long as alone' : ''} ${on(one)}`,
          )
          .join(', ');
  const measure = `${percentileInWords(percentile)} response time`;
  return `Beside ${joinWithAnd(others)} requests, ${className} ones take ${times} (${measure}).`;
}
