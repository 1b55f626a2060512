import type { RunDocument } from '../../../results/run-document.ts';
import { plural } from '../../numbers.ts';
import type { Check } from '../../trust/check.ts';
import { checksOf } from '../../trust/checks.ts';
import { repeatCommand } from '../../trust/repeat-command.ts';
import { type WarningGroup, warningGroups } from '../../trust/warnings.ts';
import { capitalised } from '../../words.ts';
import { type Html, html, prose } from '../html.ts';

const signs = { good: '✓ good', doubtful: '! doubtful', unknown: '? unknown' } as const;
const severities = { void: '✗ void', warn: '! warning', note: 'note' } as const;
const mostPlaces = 5;

/** What speaks for the numbers and what against them, and how to get them again. */
export function trust(document: RunDocument): Html {
  const checks = checksOf(document);
  const warnings = warningGroups(document);
  return html`<section aria-labelledby="trust"><h2 id="trust">Can I trust this?</h2>
<p class="lede">${verdict(checks, warnings)}</p>
<ul class="checks">${checks.map(
    ({ title, state, finding }) =>
      html`<li class="${state}"><span class="sign">${signs[state]}</span><div><strong>${title}.</strong> ${prose(finding)}</div></li>\n`,
  )}${warnings.map(warningItem)}</ul>
<p>${layout(document)}</p>
<p>To run it again: <code>${repeatCommand(document)}</code></p>
<p>Everything on this page is made from the run’s document, which it carries. <button type="button" id="save-run" hidden>Save the document</button></p>
</section>`;
}

function verdict(checks: readonly Check[], warnings: readonly WarningGroup[]): string {
  if (checks.length === 0) return 'Nothing was measured, so there is nothing to trust.';
  const doubtful = checks.filter(({ state }) => state === 'doubtful').length;
  const unknown = checks.filter(({ state }) => state === 'unknown').length;
  const grave = warnings.filter(({ warning }) => warning.severity !== 'note').length;
  if (doubtful + grave === 0) {
    return unknown === 0
      ? 'Nothing that was checked speaks against these numbers.'
      : `Nothing that was checked speaks against these numbers; ${plural(unknown, 'point')} could not be checked.`;
  }
  return `${plural(doubtful + grave, 'point')} below ${doubtful + grave === 1 ? 'speaks' : 'speak'} against these numbers, or some of them.`;
}

function warningItem({ warning, places }: WarningGroup): Html {
  const { severity, message, advice } = warning;
  const more = places.length > mostPlaces ? ` and ${places.length - mostPlaces} more` : '';
  return html`<li class="${severity}"><span class="sign">${severities[severity]}</span><div><strong>${capitalised(message)}.</strong> ${
    advice === '' ? '' : `${capitalised(advice)}.`
  } <span class="small">${places.slice(0, mostPlaces).join('; ')}${more}</span></div></li>\n`;
}

function layout({ plan: { cpuLayout } }: RunDocument): string {
  const cpus = (list: readonly number[]) =>
    list.length > 0 ? `CPUs ${list.join(', ')}` : 'any CPU';
  return cpuLayout.mode === 'isolated'
    ? `Isolated: the server ran on ${cpus(cpuLayout.serverCpus)}, the load generator on ${cpus(cpuLayout.clientCpus)}, so neither took the other’s time. What is said of parallelism holds for the server’s CPUs alone.`
    : 'Shared: the server could use every CPU, beside the load generator, which therefore has to be light.';
}
