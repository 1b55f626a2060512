import type { AssertionResult } from '../../results/assertions/assertion.ts';
import { plural } from '../../results/format.ts';
import { AssertionFailure } from '../errors.ts';

/** @throws AssertionFailure if an assertion failed, or, where that is wanted, is unclear */
export function requireAssertions(results: readonly AssertionResult[], strict: boolean): void {
  const count = (outcome: string) => results.filter((one) => one.outcome === outcome).length;
  const [failed, unclear] = [count('failed'), count('unclear')];
  if (failed === 0 && !(strict && unclear > 0)) return;
  const parts = [
    failed > 0 ? `${failed} failed` : '',
    unclear > 0 ? `${unclear} unclear` : '',
  ].filter((part) => part !== '');
  throw new AssertionFailure(`of ${plural(results.length, 'assertion')}, ${parts.join(' and ')}.`);
}
