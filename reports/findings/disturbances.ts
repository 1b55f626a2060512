import type { Disturbance, RunDocument } from '../../results/document/run-document.ts';
import { formatNumber, joinWithAnd, plural } from '../../results/format.ts';
import { windowNameOf } from '../../results/select.ts';
import { windowInWords } from './words.ts';

/** Turns of the load curve differ by their loads; any other window comes once for a workload in a block. */
const turnOf = ({ block, workload, window, offeredPerSecond }: TurnOfServers) =>
  JSON.stringify([block, workload, window, offeredPerSecond]);

type TurnOfServers = Omit<Disturbance, 'reason' | 'repeated'>;

/** How many turns other programs or virtual machines disturbed, and what became of them; null where none was. */
export function disturbancesInWords({ disturbances, trials }: RunDocument): string | null {
  if (disturbances.length === 0) return null;
  const turns = trials.flatMap(({ block, workload, measurements, curve }) => [
    ...measurements.map((one) => turnOf({ block, workload, window: windowNameOf(one) })),
    ...curve.map(({ offeredPerSecond }) =>
      turnOf({ block, workload, window: 'curve', offeredPerSecond: offeredPerSecond ?? undefined }),
    ),
  ]);
  const disturbed = new Set(disturbances.map(turnOf));
  const all = new Set([...turns, ...disturbed]).size;
  const kept = disturbances.filter(({ repeated }) => !repeated).length;
  const outcomes = [
    disturbed.size > kept ? `${disturbed.size - kept} measured again until undisturbed` : '',
    kept > 0 ? `${kept} kept, with a warning` : '',
  ].filter((text) => text !== '');
  return `Other work on the machine disturbed ${disturbed.size} of ${plural(all, 'turn')}: ${joinWithAnd(outcomes)}. A turn is one window on every server.`;
}

/** The columns of a table of disturbed turns. */
export const disturbanceColumns: readonly {
  readonly title: string;
  readonly cell: (disturbance: Disturbance) => string;
}[] = [
  { title: 'block', cell: ({ block }) => String(block + 1) },
  { title: 'workload', cell: ({ workload }) => workload },
  {
    title: 'window',
    cell: ({ window, offeredPerSecond }) =>
      `${windowInWords(window)}${offeredPerSecond === undefined ? '' : `, ${formatNumber(offeredPerSecond)} req/s`}`,
  },
  { title: 'measured again', cell: ({ repeated }) => (repeated ? 'yes' : 'no') },
  { title: 'what was seen', cell: ({ reason }) => reason },
];
