import type { RunDocument } from '../../../results/document/run-document.ts';
import { joinWithAnd, plural } from '../../../results/format.ts';
import type { WorkloadRanking } from '../../../results/verdicts/ranking.ts';
import { type Html, html, prose } from '../../drawing/markup.ts';
import type { StyleOf } from '../../drawing/theme.ts';
import { type Check, checksInWords, checksOf } from '../../findings/checks.ts';
import { disturbancesInWords } from '../../findings/disturbances.ts';
import { calibrationColumns } from '../../findings/fairness.ts';
import { loadWorkerNames } from '../../findings/load-workers.ts';
import { repeatCommand } from '../../findings/repeat-command.ts';
import { twoLoopsOf } from '../../findings/two-loops.ts';
import type { GroupedWarning } from '../../findings/warnings.ts';
import { capitalised } from '../../findings/words.ts';
import { table } from '../figures/figure.ts';
import { disclosure, type Section, section } from '../figures/section.ts';
import { twoLoops } from './two-loops.ts';

const words = {
  good: 'passed',
  note: 'note',
  warn: 'warning',
  void: 'void',
  unknown: 'not checked',
} as const;
const marks = { good: '✓', note: '·', warn: '!', void: '✗', unknown: '?' } as const;
const mostPlaces = 5;

/** The checks of the numbers, how they were measured, and the command that repeats the run. */
export function trust(
  document: RunDocument,
  rankings: readonly WorkloadRanking[],
  styleOf: StyleOf,
): Section {
  const checks = checksOf(document);
  const raised = checks.filter(({ state }) => state === 'void' || state === 'warn');
  const others = checks.filter((check) => !raised.includes(check));
  const disturbed = disturbancesInWords(document);
  const loops = twoLoopsOf(document, rankings);
  return section(
    'trust',
    'Trust',
    'Can I trust this?',
    html`<p class="lede">${checksInWords(checks)}</p>
${raised.length > 0 ? html`<ul class="checks">${raised.map(item)}</ul>` : null}
${disclosure(
  {
    id: 'checks',
    title: plural(others.length, raised.length > 0 ? 'other check' : 'check'),
    inside: countsOf(others),
    printed: true,
  },
  [others.length > 0 ? html`<ul class="checks">${others.map(item)}</ul>` : null],
)}
${disclosure(
  {
    id: 'calibrated',
    title: 'Calibrated requests',
    inside: 'what each server was sent, and its CPU time per request',
    printed: true,
  },
  [
    document.calibratedRequests.length > 0
      ? table('Calibrated requests', calibrationColumns, document.calibratedRequests)
      : null,
  ],
)}
${disclosure(
  {
    id: 'design',
    title: 'How it was measured',
    inside: 'blocks, order and CPUs',
    printed: true,
  },
  [
    html`<p>${design(document)} ${layout(document)}</p>`,
    disturbed === null
      ? null
      : html`<p>${disturbed} <a href="#disturbed-turns">Every trial</a> lists them.</p>`,
  ],
)}
${disclosure(
  {
    id: 'two-loops',
    title: 'Why two kinds of load',
    inside: 'what a closed loop hides: the percentiles of one server by both',
    printed: true,
  },
  [loops && twoLoops(loops, styleOf)],
)}
<p>To repeat this run: <code>${repeatCommand(document)}</code></p>
<p>This page is rendered from the run document that it contains. <button type="button" id="save-run" hidden>Save run.json</button></p>`,
  );
}

/** "9 passed, 1 note" */
function countsOf(checks: readonly Check[]): string {
  const counts = [...Map.groupBy(checks, ({ state }) => state)].map(([state, of]) =>
    state === 'note' ? plural(of.length, 'note') : `${of.length} ${words[state]}`,
  );
  return counts.join(', ');
}

/** A check with its most severe warning; the others can be opened. */
function item({ title, state, finding, warnings: [first, ...others] }: Check): Html {
  const rest =
    others.length > 0
      ? html`<details data-print="open"><summary>${plural(others.length, 'other warning')}</summary>${others.map(warningText)}</details>`
      : null;
  return html`<li class="${state}"><span class="sign">${`${marks[state]} ${words[state]}`}</span><div><strong>${title}.</strong> ${prose(finding ?? '')}${first ? warningText(first) : null}${rest}</div></li>\n`;
}

function warningText({ warning: { message, advice }, places }: GroupedWarning): Html {
  const more = places.length > mostPlaces ? ` and ${places.length - mostPlaces} more` : '';
  return html`<p>${prose(`${capitalised(message)}.`)} ${advice === '' ? '' : `To fix: ${advice}.`} <span class="small">${places.slice(0, mostPlaces).join('; ')}${more}</span></p>`;
}

function design({ trials, seed }: RunDocument): string {
  const run = new Set(trials.map(({ block }) => block)).size;
  return `${plural(run, 'block')}. Each block starts every server once, side by side, and measures one workload after the other on them, in turns, in an order permuted from seed ${seed}, so that drift favours no server. A server whose comparisons are decided has only its load curve measured in further blocks.`;
}

function layout(document: RunDocument): string {
  const { cpuLayout, serverOn } = document.plan;
  const cpus = (list: readonly number[]) =>
    list.length > 0 ? `CPUs ${list.join(', ')}` : 'any CPU';
  const loadWorkers = loadWorkerNames(document);
  if (loadWorkers.length > 0) {
    return `Servers could use ${cpus(cpuLayout.serverCpus)} of their machine; the load came from ${joinWithAnd(loadWorkers)}.`;
  }
  if (serverOn?.sharesCpus === false) {
    return `Servers ran on ${serverOn.hostname}, the load generator on ${serverOn.runner.hostname}: neither took CPU time from the other.`;
  }
  return cpuLayout.mode === 'isolated'
    ? `Servers ran on ${cpus(cpuLayout.serverCpus)}, the load generator on ${cpus(cpuLayout.clientCpus)}; results about parallelism hold for the servers’ CPUs.${cpuLayout.sharesCore ? ' Some of these are hyper-threads of one physical core, where servers and load generator slow each other down.' : ''}`
    : 'Servers and load generator share all CPUs.';
}
