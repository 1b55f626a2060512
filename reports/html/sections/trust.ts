import type { RunDocument } from '../../../results/document/run-document.ts';
import { type Html, html, prose } from '../../drawing/markup.ts';
import { demandColumns } from '../../findings/fairness.ts';
import { plural } from '../../findings/numbers.ts';
import type { Check } from '../../findings/trust/check.ts';
import { checksOf } from '../../findings/trust/checks.ts';
import type { Doubt } from '../../findings/trust/doubts.ts';
import { repeatCommand } from '../../findings/trust/repeat-command.ts';
import { capitalised } from '../../findings/words.ts';
import { table } from '../figure.ts';

const signs = {
  good: '✓ passed',
  note: '· note',
  warn: '! warning',
  void: '✗ void',
  unknown: '? not checked',
} as const;
const mostPlaces = 5;

/** The checks of the numbers, how they were measured, and the command that repeats the run. */
export function trust(document: RunDocument): Html {
  const checks = checksOf(document);
  return html`<section aria-labelledby="trust"><h2 id="trust">Can I trust this?</h2>
<p class="lede">${verdict(checks)}</p>
<ul class="checks">${checks.map(item)}</ul>
<p>${design(document)} ${layout(document)}</p>
${document.calibratedRequests.length > 0 ? table('CPU time per request, calibrated', demandColumns, document.calibratedRequests) : null}
<p>To repeat this run: <code>${repeatCommand(document)}</code></p>
<p>This page is rendered from the run document that it contains. <button type="button" id="save-run" hidden>Save run.json</button></p>
</section>`;
}

function verdict(checks: readonly Check[]): string {
  if (checks.length === 0) return 'Nothing was measured.';
  const count = (...states: readonly Check['state'][]) =>
    checks.filter(({ state }) => states.includes(state)).length;
  const [failed, unknown] = [count('void', 'warn'), count('unknown')];
  return [
    failed > 0
      ? `${plural(failed, 'check')} raised warnings about some of these numbers.`
      : unknown > 0
        ? 'No check raised a warning.'
        : 'All checks passed.',
    count('void') > 0 ? 'Void measurements are left out of every comparison.' : '',
    unknown > 0 ? `${plural(unknown, 'check')} could not be run.` : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
}

function item({ title, state, finding, doubts }: Check): Html {
  const seen = finding ?? (doubts.length === 0 ? 'This check could not be run.' : '');
  return html`<li class="${state}"><span class="sign">${signs[state]}</span><div><strong>${title}.</strong> ${prose(seen)}${doubts.map(doubtText)}</div></li>\n`;
}

function doubtText({ warning: { message, advice }, places }: Doubt): Html {
  const more = places.length > mostPlaces ? ` and ${places.length - mostPlaces} more` : '';
  return html`<p>${prose(`${capitalised(message)}.`)} ${advice === '' ? '' : `To fix: ${advice}.`} <span class="small">${places.slice(0, mostPlaces).join('; ')}${more}</span></p>`;
}

function design({ plan, trials, seed }: RunDocument): string {
  const run = new Set(trials.map(({ block }) => block)).size;
  return `${plural(run, 'block')} of ${plan.blocks} planned. Each block starts and measures every server once, in an order permuted from seed ${seed}, so that drift does not favour any server.`;
}

function layout({ plan: { cpuLayout } }: RunDocument): string {
  const cpus = (list: readonly number[]) =>
    list.length > 0 ? `CPUs ${list.join(', ')}` : 'any CPU';
  return cpuLayout.mode === 'isolated'
    ? `Servers ran on ${cpus(cpuLayout.serverCpus)}, the load generator on ${cpus(cpuLayout.clientCpus)}; results about parallelism hold for the servers’ CPUs.${cpuLayout.sharesCore ? ' Some of these are hyper-threads of one physical core, where servers and load generator slow each other down.' : ''}`
    : 'Servers and load generator share all CPUs.';
}
