import type { RunDocument } from '../../../results/document/run-document.ts';
import { demandColumns } from '../../findings/fairness.ts';
import { plural } from '../../findings/numbers.ts';
import type { Check } from '../../findings/trust/check.ts';
import { checksOf } from '../../findings/trust/checks.ts';
import type { Doubt } from '../../findings/trust/doubts.ts';
import { repeatCommand } from '../../findings/trust/repeat-command.ts';
import { capitalised } from '../../findings/words.ts';
import { table } from '../figure.ts';
import { type Html, html, prose } from '../html.ts';

const signs = {
  good: '✓ good',
  note: '· note',
  warn: '! doubtful',
  void: '✗ void',
  unknown: '? unknown',
} as const;
const mostPlaces = 5;

/** What speaks for the numbers and what against them, and how to get them again. */
export function trust(document: RunDocument): Html {
  const checks = checksOf(document);
  return html`<section aria-labelledby="trust"><h2 id="trust">Can I trust this?</h2>
<p class="lede">${verdict(checks)}</p>
<ul class="checks">${checks.map(item)}</ul>
<p>${design(document)} ${layout(document)}</p>
${document.calibratedRequests.length > 0 ? table('What a request was made to cost', demandColumns, document.calibratedRequests) : null}
<p>To run it again: <code>${repeatCommand(document)}</code></p>
<p>Everything on this page is made from the run’s document, which it carries. <button type="button" id="save-run" hidden>Save the document</button></p>
</section>`;
}

function verdict(checks: readonly Check[]): string {
  if (checks.length === 0) return 'Nothing was measured, so there is nothing to trust.';
  const count = (...states: readonly Check['state'][]) =>
    checks.filter(({ state }) => states.includes(state)).length;
  const against = count('void', 'warn');
  const unknown =
    count('unknown') > 0 ? ` ${plural(count('unknown'), 'point')} could not be checked.` : '';
  if (against === 0) return `Nothing that was checked speaks against these numbers.${unknown}`;
  const voided = count('void') > 0 ? ' What is void is left out of every comparison.' : '';
  return `${plural(against, 'point')} ${against === 1 ? 'speaks' : 'speak'} against these numbers, or some of them.${voided}${unknown}`;
}

function item({ title, state, finding, doubts }: Check): Html {
  const seen = finding ?? (doubts.length === 0 ? 'This could not be checked here.' : '');
  return html`<li class="${state}"><span class="sign">${signs[state]}</span><div><strong>${title}.</strong> ${prose(seen)}${doubts.map(doubtText)}</div></li>\n`;
}

function doubtText({ warning: { message, advice }, places }: Doubt): Html {
  const more = places.length > mostPlaces ? ` and ${places.length - mostPlaces} more` : '';
  return html`<p>${prose(`${capitalised(message)}.`)} ${advice === '' ? '' : `To mend it: ${advice}.`} <span class="small">${places.slice(0, mostPlaces).join('; ')}${more}</span></p>`;
}

function design({ plan, trials, seed }: RunDocument): string {
  const run = new Set(trials.map(({ block }) => block)).size;
  return `${plural(run, 'block')} of ${plan.blocks} planned, each with every server once and anew, in an order permuted from seed ${seed}, so that drift favours none.`;
}

function layout({ plan: { cpuLayout } }: RunDocument): string {
  const cpus = (list: readonly number[]) =>
    list.length > 0 ? `CPUs ${list.join(', ')}` : 'any CPU';
  return cpuLayout.mode === 'isolated'
    ? `Isolated: servers ran on ${cpus(cpuLayout.serverCpus)}, the load generator on ${cpus(cpuLayout.clientCpus)}; what is said of parallelism holds for the servers’ CPUs.${cpuLayout.sharesCore ? ' Some of these are hyper-threads of one physical core, on which server and load generator slowed each other down.' : ''}`
    : 'Shared: servers could use every CPU, beside the load generator, which therefore has to be light.';
}
