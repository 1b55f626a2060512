import type { Measurement, RunDocument } from '../../results/document/run-document.ts';
import { milliseconds, percent, plural } from '../../results/format.ts';
import { type Check as GateCheck, checks as gateChecks } from '../../results/gates/gate.ts';
import { allGates } from '../../results/gates/gates.ts';
import { trialsOf } from '../../results/select.ts';
import { sameServerShare } from '../../results/verdicts/evidence.ts';
import { loadWorkersFinding } from './load-workers.ts';
import { type GroupedWarning, groupedWarnings } from './warnings.ts';

/** One thing that must be in order for the results to be believed, as it was in a run. */
export interface Check {
  /** A sentence without its full stop that agrees with the state. */
  readonly title: string;
  readonly state: 'good' | 'note' | 'warn' | 'void' | 'unknown';
  /** The evidence where nothing was found wrong. */
  readonly finding: string | null;
  readonly warnings: readonly GroupedWarning[];
}

interface CheckKind {
  readonly passed: string;
  readonly noted?: string;
  readonly failed: string;
  /** The codes of the warnings that make it fail. */
  readonly codes: readonly string[];
  /** What was measured: null where this platform or plan cannot show it, undefined where the check does not apply. */
  readonly finding: (document: RunDocument) => string | null | undefined;
}

/** Whether a run's results can be believed, check by check; a warning of an unknown gate is a check of its own. */
export function checksOf(document: RunDocument): Check[] {
  if (document.trials.every(({ measurements }) => measurements.length === 0)) return [];
  const warnings = groupedWarnings(document);
  const known = checkKinds.flatMap(({ passed, noted, failed, codes, finding }): Check[] => {
    const raised = warnings.filter(({ warning }) => codes.includes(warning.code));
    const worst = raised.find(({ isOfCurve }) => !isOfCurve) ?? raised[0];
    if (worst) {
      // A load left out of a curve changes no result.
      const state = worst.isOfCurve ? 'note' : worst.warning.severity;
      const title = state === 'note' ? (noted ?? failed) : failed;
      return [{ ...nothing, title, state, warnings: raised }];
    }
    const seen = finding(document);
    if (seen === undefined) return [];
    if (seen !== null) return [{ ...nothing, title: passed, state: 'good', finding: seen }];
    const title = `Not checked: ${passed.charAt(0).toLowerCase()}${passed.slice(1)}`;
    return [{ ...nothing, title, state: 'unknown' }];
  });
  const codes = new Set(checkKinds.flatMap((kind) => kind.codes));
  const others = warnings
    .filter(({ warning }) => !codes.has(warning.code))
    .map((one): Check => {
      const { severity } = one.warning;
      return { ...nothing, title: 'Another warning', state: severity, warnings: [one] };
    });
  return [...known, ...others];
}

const nothing = { finding: null, warnings: [] } as const;

/** How many checks failed, in a sentence or two. */
export function checksInWords(checks: readonly Check[]): string {
  if (checks.length === 0) return 'Nothing was measured, so nothing was checked.';
  const count = (...states: readonly Check['state'][]) =>
    checks.filter(({ state }) => states.includes(state)).length;
  const failed = count('void', 'warn');
  const unknown = count('unknown') > 0 ? ` (${count('unknown')} could not be run)` : '';
  const noted = count('note');
  if (failed === 0 && noted === 0) return `All checks passed${unknown}.`;
  if (failed === 0) return `No check raised a warning; ${plural(noted, 'note')}${unknown}.`;
  const voided = count('void') > 0 ? ' Void results are left out of every comparison.' : '';
  const raised = failed === 1 ? '1 check raised a warning' : `${failed} checks raised warnings`;
  return `${raised}${unknown}.${voided}`;
}

const ofGates = (check: GateCheck, finding: CheckKind['finding']): CheckKind => ({
  ...gateChecks[check],
  codes: allGates.filter((gate) => gate.check === check).map(({ code }) => code),
  finding,
});

/** What is checked, the most severe first. */
export const checkKinds: readonly CheckKind[] = [
  ofGates('accounting', (document) => {
    const sent = total(document, ({ requests }) => requests.sent);
    return `All ${plural(sent, 'request')} have an outcome; throughput and response times agree (Little’s law).`;
  }),
  ofGates('work', (document) => {
    // A workload that is a path of a user's own server has no expected body.
    const isChecked = document.plan.workloads.map(({ name }) => !name.startsWith('/'));
    if (!isChecked.includes(true))
      return 'No process ended and no server paused; bodies were not checked.';
    return `Every response had the expected body${isChecked.includes(false) ? ' where one is known' : ''}.`;
  }),
  ofGates('load', () => 'Every request got a good response, and no queue kept growing.'),
  ofGates('generator', (document) => {
    const most = largest(document, ({ client, windowSeconds, generatorProcesses }) =>
      client.cpuSeconds === null ? null : client.cpuSeconds / windowSeconds / generatorProcesses,
    );
    return most === null ? null : `It used at most ${percent(most)} of a core.`;
  }),
  ofGates('loadWorkers', loadWorkersFinding),
  ofGates('schedule', (document) => {
    const most = largest(document, ({ sendLag }) => sendLag?.p99Ms ?? null);
    return most === null
      ? null
      : `In the worst open loop, 99 % of requests were sent within ${milliseconds(most)} of the scheduled time.`;
  }),
  ofGates('connections', (document) => {
    const most = largest(document, ({ kernel }) => kernel.listenOverflows);
    if (most === null) return null;
    return most === 0
      ? 'The kernel counted no accept-queue overflow.'
      : `The kernel counted up to ${plural(most, 'accept-queue overflow')} in a trial, but no request took as long as a retry.`;
  }),
  ofGates('steady', () => 'No window showed a trend.'),
  ofGates('host', ({ noiseProbes }) => {
    const times = noiseProbes.map(({ referenceLoopMs }) => referenceLoopMs);
    const [fastest, slowest] = [Math.min(...times), Math.max(...times)];
    return times.length < 2
      ? null
      : `A fixed computation before each block took ${milliseconds(fastest)}, at most ${percent(slowest / fastest - 1)} longer in another block.`;
  }),
  ofGates('cpuTime', ({ calibratedRequests }) =>
    calibratedRequests.length > 0
      ? 'Calibrated requests cost within 3 % of the target.'
      : undefined,
  ),
  {
    passed: 'The same server was measured twice',
    failed: '',
    codes: [],
    finding: (document) => {
      if (document.trials.every(({ purpose }) => purpose !== 'control')) return null;
      const blocks = new Set(trialsOf(document).map(({ block }) => block)).size;
      const share = sameServerShare(document, { kind: 'throughput' }, blocks);
      return `Its two results differ by ${percent(share)} in throughput (mean over ${plural(blocks, 'block')}); no smaller difference is claimed.`;
    },
  },
];

const measurementsOf = ({ trials }: RunDocument) =>
  trials.flatMap(({ measurements }) => measurements);

const total = (document: RunDocument, quantity: (measurement: Measurement) => number): number =>
  measurementsOf(document).reduce((sum, measurement) => sum + quantity(measurement), 0);

function largest(
  document: RunDocument,
  quantity: (measurement: Measurement) => number | null,
): number | null {
  const values = measurementsOf(document).flatMap((measurement) => quantity(measurement) ?? []);
  return values.length > 0 ? Math.max(...values) : null;
}
