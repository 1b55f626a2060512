import type { RunDocument } from '../../../results/run-document.ts';
import type { Contest, Entry } from '../../contest.ts';
import type { Headline } from '../../headline.ts';
import { formatNumber, plural } from '../../numbers.ts';
import type { Look } from '../../palette.ts';
import { standingText } from '../../standing-text.ts';
import { whyUnmeasured } from '../../unmeasured.ts';
import { type Html, html, prose, trusted } from '../html.ts';

/** The first screen: the answer in words, and the matrix of servers and workloads. */
export function answer(
  document: RunDocument,
  { lead, rest, caveats }: Headline,
  contests: readonly Contest[],
  looks: ReadonlyMap<string, Look>,
): Html {
  return html`<header class="answer">
<h1>${prose(lead)}</h1>
${rest.length > 0 ? html`<div class="rest">${rest.map((line) => html`<p>${prose(line)}</p>`)}</div>` : null}
${contests.some(({ best }) => best) ? matrix(document, contests, looks) : null}
<p class="small">${caveats.join(' ')}</p>
</header>`;
}

function matrix(
  { plan }: RunDocument,
  contests: readonly Contest[],
  looks: ReadonlyMap<string, Look>,
): Html {
  return html`<div class="scroll" role="region" aria-label="Servers and workloads" tabindex="0"><table class="matrix">
<caption class="hidden">How each server did at each workload, and how it stands to the best.</caption>
<thead><tr><td></td>${contests.map(
    ({ workload, metric }) =>
      html`<th scope="col">${workload.name}<small>${
        metric.kind === 'throughput'
          ? 'requests/s'
          : `${metric.className ?? 'all'} requests, ${metric.percentile}, ms`
      }</small></th>`,
  )}</tr></thead>
<tbody>${plan.servers.map(
    (
      server,
      row,
    ) => html`<tr><th scope="row">${swatch(looks.get(server.name))}${server.name}<small>${plural(server.workers, 'worker')}</small></th>${contests.map(
      (contest) => cell(contest, contest.entries[row] as Entry, looks.get(server.name)),
    )}</tr>
`,
  )}</tbody></table></div>
<p class="small key">${key(contests)}</p>`;
}

function cell(contest: Contest, entry: Entry, look: Look | undefined): Html {
  const { value, standing, trials } = entry;
  if (!value) {
    const { word, sentence } = whyUnmeasured(trials);
    return html`<td class="unmeasured"><span class="value">–</span><small title="${sentence}">${word}</small></td>`;
  }
  return html`<td class="${standing}"><span class="value">${formatNumber(value.median, value)}</span>${share(contest, entry, look)}<small>${prose(standingText(contest, entry))}</small></td>`;
}

/** A bar under the number, as long as the value is of the workload's largest. */
function share({ entries }: Contest, { value }: Entry, look: Look | undefined): Html {
  const largest = Math.max(...entries.map((entry) => entry.value?.median ?? 0));
  const width = (100 * (value?.median ?? 0)) / largest;
  return trusted(
    `<svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="4"/><rect class="hue-${look?.hue}" width="${width.toFixed(1)}" height="4"/></svg>`,
  );
}

function key(contests: readonly Contest[]): string {
  const has = (standing: Entry['standing']) =>
    contests.some(({ entries }) => entries.some((entry) => entry.standing === standing));
  const times = contests.some(({ metric }) => metric.kind === 'response-time');
  return [
    has('behind') ? '▾: this server’s value over the best one’s.' : '',
    has('undecided') ? '?: chance can explain the difference.' : '',
    'Throughput in closed loop.',
    times ? 'Times in open loop, at the same rate for all; lower is better.' : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
}

const paths: Readonly<Record<Look['shape'], string>> = {
  circle: '<circle cx="6" cy="6" r="5"/>',
  triangle: '<path d="M6 1 11 11H1z"/>',
  rect: '<path d="M1 1h10v10H1z"/>',
  rectRot: '<path d="M6 0l6 6-6 6-6-6z"/>',
  star: '<path d="M6 0v12M0 6h12M2 2l8 8M10 2l-8 8"/>',
};

/** The sign of a server: its model's shape in its hue, hollow for a real system. */
export function swatch(look: Look | undefined): Html | null {
  if (!look) return null;
  const hollow = look.hollow || look.shape === 'star' ? ' hollow' : '';
  return trusted(
    `<svg class="swatch hue-${look.hue}${hollow}" viewBox="-1 -1 14 14" aria-hidden="true">${paths[look.shape]}</svg>`,
  );
}
