import type { Objective } from '../../results/document/run-document.ts';
import { formatRange, formatWithRange, percent, plural } from '../../results/format.ts';
import type { LoadLimit } from '../../results/load-curve/load-limit.ts';
import type { Knee, Law } from '../../results/scalability/law.ts';
import { enoughShare, type Scaling, type ScalingRow } from '../../results/scalability/scaling.ts';
import { fewestCounts, type Interval } from '../../results/scalability/usl.ts';
import type { RatioInterval } from '../../results/statistics/log-ratio.ts';
import { limitText, objectiveInWords } from './load-text.ts';
import { serverInWords, workloadInWords } from './words.ts';

const mebibyte = 2 ** 20;
const workersOf = (count: number): string => plural(count, 'worker');
const intervalText = ({ value, low, high }: Interval): string =>
  formatWithRange(value, { low, high });

/** "97 % (95–99)"; "100 %" for the highest throughput itself */
function shareText({ ratio, low, high }: RatioInterval): string {
  const { value, range } = formatRange(100 * ratio, { low: 100 * low, high: 100 * high });
  return range === `${value}–${value}` ? `${value} %` : `${value} % (${range})`;
}

/** A column of the table of numbers of workers. */
export interface ScalingColumn {
  readonly title: string;
  readonly cell: (row: ScalingRow) => string;
}

/** Workers, throughput, its share of the highest, memory, and the load under each objective that was measured. */
export function scalingColumns({ workload, rows }: Scaling): ScalingColumn[] {
  const hasMemory = rows.some(({ memoryBytes }) => memoryBytes !== null);
  const memoryOf = ({ memoryBytes }: ScalingRow) =>
    memoryBytes === null ? '–' : `${Math.round(memoryBytes.median / mebibyte)} MiB`;
  return [
    { title: 'workers', cell: ({ workers }) => String(workers) },
    { title: 'requests/s (95 % CI)', cell: ({ throughput }) => intervalText(throughput) },
    { title: 'of the highest', cell: ({ ofBest }) => shareText(ofBest) },
    ...(hasMemory ? [{ title: 'memory', cell: memoryOf }] : []),
    ...workload.objectives.flatMap((objective, index): ScalingColumn[] => {
      const capacityIn = (row: ScalingRow) => row.curve?.objectives[index]?.capacity;
      const isKnown = rows.some((row) => (capacityIn(row)?.kind ?? 'unknown') !== 'unknown');
      const cell = (row: ScalingRow) => limitText(capacityIn(row) ?? unknown);
      return isKnown ? [{ title: `${objectiveInWords(objective)} up to`, cell }] : [];
    }),
  ];
}

const unknown: LoadLimit = { kind: 'unknown', reason: '' };

/** The advice first: how many workers, what more of them lose, and what the scalability law says; then what each costs. */
export function scalingSentences(scaling: Scaling): string[] {
  const { workload, law, rows } = scaling;
  return [
    enoughSentence(scaling),
    beyondSentence(scaling),
    ...workload.objectives.map((objective, index) => objectiveSentence(scaling, objective, index)),
    lawSentence(law, rows.at(-1)?.workers ?? 0),
    memorySentence(scaling),
  ].filter((sentence) => sentence !== '');
}

function enoughSentence({ server, workload, rows, enough, best }: Scaling): string {
  const place = `${serverInWords(server)} on ${workloadInWords(workload.name)}`;
  const highest = `${intervalText(best.throughput)} requests/s`;
  if (enough !== best) {
    const are = enough.workers === 1 ? 'is' : 'are';
    return `${workersOf(enough.workers)} ${are} enough for ${place}: ${shareText(enough.ofBest)} of the highest throughput, ${highest} with ${workersOf(best.workers)}.`;
  }
  const fewer = rows[rows.indexOf(best) - 1];
  const lead = `${workersOf(best.workers)} ${best.workers === 1 ? 'has' : 'have'} the highest throughput for ${place}: ${highest}`;
  return fewer
    ? `${lead}; ${workersOf(fewer.workers)} ${fewer.workers === 1 ? 'has' : 'have'} ${shareText(fewer.ofBest)} of it.`
    : `${lead}.`;
}

function beyondSentence({ rows, best }: Scaling): string {
  const last = rows.at(-1);
  if (!last) return '';
  if (last === best) {
    return (rows.at(-2)?.ofBest.high ?? 1) < 1
      ? `Throughput still grows at ${workersOf(last.workers)}, the most that were measured: measure more with --workers.`
      : '';
  }
  return last.ofBest.high < 1
    ? `Beyond ${workersOf(best.workers)} throughput falls: ${workersOf(last.workers)} have ${shareText(last.ofBest)} of it.`
    : `More workers lose nothing significant: ${workersOf(last.workers)} have ${shareText(last.ofBest)} of it.`;
}

/** The fewest workers whose load under an objective is nearly the highest. */
function objectiveSentence({ rows }: Scaling, objective: Objective, index: number): string {
  const loads = rows.flatMap(({ workers, curve }) => {
    const capacity = curve?.objectives[index]?.capacity;
    return capacity?.kind === 'measured' || capacity?.kind === 'at-least'
      ? [{ workers, capacity, perSecond: capacity.perSecond }]
      : [];
  });
  const highest = Math.max(...loads.map(({ perSecond }) => perSecond));
  const found = loads.find(({ perSecond }) => perSecond >= enoughShare * highest);
  return found
    ? `For ${objectiveInWords(objective)}, ${workersOf(found.workers)} ${found.workers === 1 ? 'is' : 'are'} enough: up to ${limitText(found.capacity)} requests/s.`
    : '';
}

/** @param most the highest number of workers that was measured */
function lawSentence(law: Law, most: number): string {
  if (law.kind === 'too-few-counts') {
    return `The Universal Scalability Law needs ${fewestCounts} numbers of workers.`;
  }
  const { fit, misfit, knee } = law;
  if (misfit) {
    const more = misfit.excess > 0 ? 'more' : 'less';
    return `The Universal Scalability Law does not describe this, so it names no knee: ${workersOf(misfit.workers)} have ${percent(Math.abs(misfit.excess))} ${more} throughput than by the law.`;
  }
  return `By the Universal Scalability Law, contention α is ${intervalText(fit.contention)} and coherency β ${intervalText(fit.coherency)}: ${kneeClause(knee, most)}.`;
}

function kneeClause(knee: Knee, most: number): string {
  switch (knee.kind) {
    case 'measured':
      return `throughput is highest at ${intervalText(knee.workers)} workers${knee.workers.high > most ? `, which may be more than the ${most} that were measured` : ''}`;
    case 'below-range':
      return `throughput would be highest at ${intervalText(knee.workers)} workers, fewer than were measured`;
    case 'beyond-range':
      return `throughput would be highest at ${intervalText(knee.workers)} workers, more than were measured`;
    default:
      return 'β may be 0, so this range does not show where throughput would fall';
  }
}

function memorySentence({ bytesPerWorker }: Scaling): string {
  if (!bytesPerWorker) return '';
  const { value, low, high } = bytesPerWorker;
  const inMebibytes = { value: value / mebibyte, low: low / mebibyte, high: high / mebibyte };
  return low > 0
    ? `Each further worker takes ${intervalText(inMebibytes)} MiB of memory.`
    : 'Memory does not grow significantly with the number of workers.';
}
