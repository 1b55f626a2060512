import type { RunDocument } from '../../results/document/run-document.ts';
import { formatFactor, formatNumber, plural } from '../../results/format.ts';
import type { Better } from '../../results/lesson/claims.ts';
import { type Finding, type JudgedClaim, judgeLesson } from '../../results/lesson/judge.ts';
import type { Comparison } from '../../results/verdicts/verdict.ts';
import { ratioRange } from './numbers.ts';
import { capitalised } from './words.ts';

/** How every claim is judged. */
export const lessonRule =
  'A claim is supported where the whole 95 % CI of each of its ratios is at or above the limit, and not supported where a whole interval is below it; otherwise this run cannot tell. Models are compared with models. References are compared with references: by language too, unless requests cost them the same CPU time.';

type Outcome = JudgedClaim['outcome'];

/** The sign of each outcome, and the outcome in words. */
export const outcomes: Readonly<
  Record<Outcome, { readonly sign: string; readonly words: string }>
> = {
  supported: { sign: '✓', words: 'supported' },
  'not supported': { sign: '✗', words: 'not supported' },
  'cannot tell': { sign: '?', words: 'this run cannot tell' },
};

/** "“Python serves one request at a time per process.” Supported (models): io: prefork served …" */
export const lessonSentence = ({ claim, outcome, on, why }: LessonLine): string =>
  `“${claim}” ${capitalised(outcomes[outcome].words)} (${on}): ${why}`;

/** A claim of the lesson and what a run shows of it. */
export interface LessonLine {
  readonly claim: string;
  readonly outcome: Outcome;
  /** "models" or "references" */
  readonly on: string;
  /** The text of a finding that decides the outcome. */
  readonly why: string;
  readonly findings: readonly {
    readonly outcome: Outcome;
    readonly text: string;
  }[];
}

/** The claims that a run has data for. */
export const lessonLines = (
  document: RunDocument,
  comparisons: readonly Comparison[],
): LessonLine[] =>
  judgeLesson(document, comparisons).map(({ claim, on, outcome, findings }) => {
    const found = findings.map((finding) => ({
      outcome: finding.outcome,
      text: inWords(finding),
    }));
    const deciding = found.find((finding) => finding.outcome === outcome);
    return {
      claim: claim.sentence,
      outcome,
      on: `${on}s`,
      why: deciding?.text ?? 'not all that the claim is about was measured.',
      findings: found,
    };
  });

/** "io: pool has 1.02× the throughput of event-loop (0.98–1.06; at least 0.9×)." */
function inWords(finding: Finding): string {
  if (finding.kind === 'one-at-a-time') return inFlightInWords(finding);
  const { test, ahead, behind, shown } = finding;
  if (shown.kind === 'nothing') {
    return `${test.workload}: ${ahead} and ${behind} have no ratio: ${shown.reason}.`;
  }
  if (shown.kind === 'failed') {
    const other = shown.server === ahead ? behind : ahead;
    return `${test.workload}: ${shown.server} ${shown.failure}, ${other} did not.`;
  }
  const range = `${ratioRange(shown)}; at least ${test.atLeast}×`;
  return `${test.workload}: ${ahead} ${betterBy(test, formatFactor(shown).value)} ${behind} (${range}).`;
}

const betterBy = ({ by }: Better, factor: string): string =>
  by === 'throughput'
    ? `has ${factor} the throughput of`
    : `answers ${by.className} requests ${factor} as fast as`;

function inFlightInWords({
  server,
  inFlight,
}: Extract<Finding, { kind: 'one-at-a-time' }>): string {
  const { workload, waitMs, workers, requests } = inFlight;
  const perSecond = formatNumber((1000 * requests.median) / waitMs);
  return `${workload}: ${server.name} served ${perSecond} requests/s × ${waitMs} ms = ${formatNumber(requests.median, requests)} in flight, with ${plural(workers, 'worker')} (at most one each).`;
}
