import { geometricMeanOf } from '../statistics/summary.ts';
import type { Reading } from './reading.ts';

/** Two servers of which one failed in every block, and the other in none. */
export interface FailureEvidence {
  readonly ahead: string;
  readonly behind: string;
  readonly blocks: number;
  /** Of the server ahead: the geometric mean of the metric over the blocks. */
  readonly value: number;
  /** What the server behind did, as a predicate. */
  readonly failure: string;
  /** Of mean 1 at most, however often one looks, if both servers fail equally often. */
  readonly evidence: number;
}

/** A block with both servers. */
interface Pair {
  readonly a: Reading;
  readonly b: Reading;
}

/**
 * The evidence that one server fails where the other does not. Blocks in which the load generator or the machine is to
 * blame for a missing number do not count; null if both servers have a number, or both have none, in any other block.
 */
export function failureEvidence(
  first: string,
  second: string,
  blocks: readonly Pair[],
): FailureEvidence | null {
  const counted = blocks.filter(({ a, b }) => isServers(a) && isServers(b));
  return (
    oneSided(first, second, counted) ??
    oneSided(
      second,
      first,
      counted.map(({ a, b }) => ({ a: b, b: a })),
    )
  );
}

/** Whether a reading, good or not, is the server's own. */
const isServers = (reading: Reading): boolean => reading.usable || reading.cause === 'server';

function oneSided(ahead: string, behind: string, blocks: readonly Pair[]): FailureEvidence | null {
  const values = blocks.flatMap(({ a }) => (a.usable ? [a.value] : []));
  const failures = blocks.flatMap(({ b }) => (b.usable ? [] : [b.failure]));
  const [failure] = failures;
  if (failure === undefined || values.length < blocks.length || failures.length < blocks.length) {
    return null;
  }
  const count = blocks.length;
  const value = geometricMeanOf(values);
  return { ahead, behind, blocks: count, value, failure, evidence: evidenceOf(count) };
}

/**
 * If two servers fail equally often, with any chance q that may differ from block to block, then a block in which only a
 * given one fails has a chance of q(1 − q), at most 1/4. So 4ⁿ, dropping to 0 at the first block that is not like this,
 * is a supermartingale for either server; this is the mean of both.
 */
const evidenceOf = (blocks: number): number => 4 ** blocks / 2;
