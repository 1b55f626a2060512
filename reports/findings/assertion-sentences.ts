import type { Assertion, AssertionResult, Bounds } from '../../results/assertions/assertion.ts';
import { formatNumber, formatRange, plural } from '../../results/format.ts';

/** The sign of each outcome, with the outcome in a word. */
export const assertionSigns: Readonly<Record<AssertionResult['outcome'], string>> = {
  passed: '✓ passed',
  failed: '✗ failed',
  unclear: '? unclear',
};

/** "pool/event-loop throughput on cpu > 1.5: 1.9× (95 % CI 1.8–2.0, 5 blocks)" */
export function assertionSentence({
  assertion,
  outcome,
  bounds,
  blocks,
  reason,
}: AssertionResult): string {
  const within = outcome === 'unclear' && reason === null && bounds ? withinText(bounds) : null;
  const parts = [bounds && boundsText(bounds, unitOf(assertion), blocks), reason, within];
  return `${assertion.text}: ${parts.filter((part) => part !== null).join('; ')}`;
}

const unitOf = ({ metric, relativeTo }: Assertion): string => {
  if (relativeTo) return '×';
  return metric.kind === 'response-time' ? ' ms' : ' requests/s';
};

const withinText = ({ low, high }: Bounds): string | null =>
  low > 0 && high < Number.POSITIVE_INFINITY
    ? 'the limit is inside the interval: more blocks may decide it'
    : null;

/** Null where a server that failed has no value. */
function boundsText({ value, low, high }: Bounds, unit: string, blocks: number | null) {
  if (value === 0 || value === Number.POSITIVE_INFINITY) return null;
  const basis = blocks === null ? '' : `, ${plural(blocks, 'block')}`;
  if (low > 0 && high < Number.POSITIVE_INFINITY) {
    const { value: text, range } = formatRange(value, { low, high });
    return `${text}${unit} (95 % CI ${range}${basis})`;
  }
  const end = low > 0 ? low : high;
  if (end === 0 || end === Number.POSITIVE_INFINITY) {
    return `about ${formatNumber(value)}${unit}, which ${plural(blocks ?? 0, 'block')} give no interval for`;
  }
  const bound = `at ${low > 0 ? 'least' : 'most'} ${formatNumber(end)}`;
  return end === value ? `${bound}${unit}` : `${formatNumber(value)}${unit} (${bound}${basis})`;
}
