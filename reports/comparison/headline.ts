import type { RunComparison } from '../../results/comparison/change.ts';
import { percent } from '../../results/format.ts';
import { listed, plural } from '../findings/numbers.ts';

/** What changed from one run to another, in a sentence. */
export function comparisonHeadline({ cells, threshold }: RunComparison): string {
  const count = (...kinds: string[]) =>
    cells.filter(({ change }) => kinds.includes(change.kind)).length;
  const counts = [
    { number: count('worse'), verb: 'got worse' },
    { number: count('broken'), verb: 'were lost' },
    { number: count('better'), verb: 'got better' },
    { number: count('unchanged'), verb: `stayed within ${percent(threshold)}` },
    { number: count('unclear', 'not-compared'), verb: 'cannot be told' },
  ];
  if (cells.length === 0) return 'The two runs have nothing in common.';
  const parts = counts
    .filter(({ number }) => number > 0)
    .map(({ number, verb }) => `${number} ${verb}`);
  return `Of ${plural(cells.length, 'figure')}, ${listed(parts)}.`;
}
