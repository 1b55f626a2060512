import { type RankedServer, type WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { metricUnit } from '../../findings/metric-unit.ts';
import { formatNumber, plural } from '../../findings/numbers.ts';
import type { Look } from '../../findings/palette.ts';
import { standingKey } from '../../findings/standing-key.ts';
import { standingText } from '../../findings/standing-text.ts';
import { whyUnmeasured } from '../../findings/unmeasured.ts';
import { type Html, html, prose, trusted } from '../html.ts';
import { swatch } from '../swatch.ts';

/** Servers by workloads: each one's value, and how it stands to the leader. */
export function matrix(
  contests: readonly WorkloadRanking[],
  looks: ReadonlyMap<string, Look>,
): Html {
  const servers = [
    ...new Set(contests.flatMap(({ servers }) => servers.map(({ server }) => server))),
  ];
  const rows = servers.map((server) => {
    const look = looks.get(server.name);
    const cells = contests.map((contest) => {
      const entry = contest.servers.find((one) => one.server === server);
      return entry
        ? cell(contest, entry, look)
        : html`<td class="unmeasured"><small>not asked</small></td>`;
    });
    const workers = plural(server.workers, 'worker');
    return html`<tr><th scope="row">${swatch(look)}${server.name}<small>${workers}</small></th>${cells}</tr>\n`;
  });
  return html`<div class="scroll" role="region" aria-label="Servers and workloads" tabindex="0"><table class="${servers.length > 4 ? 'matrix compact' : 'matrix'}">
<caption class="hidden">How each server did at each workload, and how it stands to the best.</caption>
<thead><tr><td></td>${contests.map(heading)}</tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="small">${standingKey(contests)}</p>`;
}

function heading({ workload, metric }: WorkloadRanking): Html {
  return html`<th scope="col">${workload.name}<small>${metricUnit(metric)}</small></th>`;
}

function cell(contest: WorkloadRanking, entry: RankedServer, look: Look | undefined): Html {
  const { value, position, trials } = entry;
  if (!value) {
    return html`<td class="unmeasured"><span class="value">–</span><small>${whyUnmeasured(trials, contest.metric).word}</small></td>`;
  }
  return html`<td class="${position}"><span class="value">${formatNumber(value.median, value)}</span>${share(contest, value.median, look)}<small>${prose(standingText(contest, entry))}</small></td>`;
}

/** A bar under the number, as long as the value is of the workload's largest. */
function share({ servers }: WorkloadRanking, value: number, look: Look | undefined): Html {
  const largest = Math.max(...servers.map((entry) => entry.value?.median ?? 0));
  const width = ((100 * value) / largest).toFixed(1);
  const hollow = look?.hollow ? ' hollow' : '';
  return trusted(
    `<svg class="share${hollow}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="4"/><rect class="hue-${look?.hue}" width="${width}" height="4"/></svg>`,
  );
}
