import type { RunDocument } from '../../results/document/run-document.ts';
import { formatNumber } from '../../results/format.ts';
import { predictionsOf } from '../../results/predictions.ts';
import type { RatioInterval } from '../../results/statistics/log-ratio.ts';
import type { WorkloadRanking } from '../../results/verdicts/ranking.ts';
import { slowdownsOf } from '../../results/verdicts/slowdown.ts';
import { ratioText, saysNothing } from '../findings/numbers.ts';
import { rivalIn } from '../findings/ranking-sentences.ts';
import { whyClauses } from '../findings/why-sentences.ts';
import { capitalised, serverInWords, workloadInWords } from '../findings/words.ts';
import { countsAt, momentCaption } from '../timeline/moment.ts';
import { timelinesOf } from '../timeline/timelines.ts';

/** A question whose answer a reader can guess: a factor of at least 1. */
export interface Guess {
  readonly question: string;
  readonly measured: RatioInterval;
  /** "1.9× (1.6–2.2)" */
  readonly measuredText: string;
  /** What queueing theory predicts from single requests. */
  readonly predictedText: string;
  readonly reasons: readonly string[];
}

const mostGuesses = 3;

/** The questions that a run can answer: throughput by workload, and what heavy requests do to light ones. */
export const guessesOf = (
  document: RunDocument,
  rankings: readonly WorkloadRanking[],
): readonly Guess[] =>
  rankings
    .flatMap((ranking) => [throughputGuess(document, ranking), slowdownGuess(document, ranking)])
    .filter((guess) => guess !== null)
    .slice(0, mostGuesses);

function throughputGuess(document: RunDocument, ranking: WorkloadRanking): Guess | null {
  const { leader, metric, workload } = ranking;
  const rival = rivalIn(ranking);
  const toLeader = rival?.toLeader;
  if (metric.kind !== 'throughput' || !leader || !rival || !toLeader || saysNothing(toLeader)) {
    return null;
  }
  const measured = inverse(toLeader);
  const predictions = predictionsOf(document, workload);
  const [ours, theirs] = [leader, rival].map(
    ({ server }) => predictions.get(server.name)?.throughputPerSecond,
  );
  return {
    question: `For ${workloadInWords(workload.name)}, how many times as many requests does ${serverInWords(leader.server.name)} serve as ${serverInWords(rival.server.name)}?`,
    measured,
    measuredText: ratioText(measured),
    predictedText: ours && theirs ? `${formatNumber(ours / theirs)}×` : 'no figure',
    reasons: [
      ...whySentences(document, ranking, [rival.server.name, leader.server.name]),
      ...busiestMoment(document, workload.name, rival.server.name),
    ],
  };
}

/** Why servers do as well as they do, a sentence each. */
function whySentences(
  document: RunDocument,
  ranking: WorkloadRanking,
  servers: readonly string[],
): string[] {
  const clauses = whyClauses(document, ranking);
  return servers.flatMap((server) => {
    const clause = clauses.get(server);
    return clause ? [`${capitalised(serverInWords(server))}: ${clause}.`] : [];
  });
}

function slowdownGuess(document: RunDocument, ranking: WorkloadRanking): Guess | null {
  const slowdowns = slowdownsOf(ranking);
  const [worst] = slowdowns?.servers.toSorted((a, b) => b.ratio - a.ratio) ?? [];
  if (!slowdowns || !worst || saysNothing(worst)) return null;
  const name = serverInWords(worst.server.name);
  return {
    question: `On ${name}, how many times as long do ${slowdowns.className} requests take beside ${slowdowns.others.join(' and ')} ones as alone?`,
    measured: worst,
    measuredText: ratioText(worst),
    predictedText: 'no figure (the formulas give means, not percentiles)',
    reasons: [
      ...whySentences(document, ranking, [
        worst.server.name,
        ...slowdowns.servers.filter((one) => one !== worst).map(({ server }) => server.name),
      ]),
      ...busiestMoment(document, ranking.workload.name, worst.server.name),
    ],
  };
}

/** What a server did when most requests were in its queue, from the traced run: at most one sentence. */
function busiestMoment(document: RunDocument, workload: string, server: string): string[] {
  const { timelines, lastMs } = timelinesOf(document, workload);
  const played = timelines.find((one) => one.played.server === server)?.played;
  if (!played) return [];
  const steps = 200;
  const moments = Array.from({ length: steps }, (_, index) => (index * lastMs) / steps);
  const queuedAt = (ms: number) => countsAt(played.segments, ms).queued;
  const [busiest = 0] = moments.toSorted((a, b) => queuedAt(b) - queuedAt(a));
  return queuedAt(busiest) > 0 ? [`In the traced run, at ${momentCaption(played, busiest)}`] : [];
}

const inverse = ({ ratio, low, high }: RatioInterval): RatioInterval =>
  ratio >= 1 ? { ratio, low, high } : { ratio: 1 / ratio, low: 1 / high, high: 1 / low };
