import type { Assertion, AssertionResult, Bounds } from '../../results/assertions/assertion.ts';
import { formatNumber, formatRange, plural } from '../../results/format.ts';
import { objectiveInWords } from './load-text.ts';

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
  const { text, metric } = assertion;
  const isOpen = outcome === 'unclear' && reason === null && bounds !== null;
  const objective = metric.kind === 'capacity' ? ` (${objectiveInWords(metric.objective)})` : '';
  const parts = [
    bounds && boundsText(bounds, unitOf(assertion), blocks),
    reason,
    isOpen ? adviceFor(assertion, bounds) : null,
  ];
  return `${text}${objective}: ${parts.filter((part) => part !== null).join('; ')}`;
}

/** The same with the outcome before it. */
export const assertionLine = (result: AssertionResult): string =>
  `${assertionSigns[result.outcome]}: ${assertionSentence(result)}`;

const unitOf = ({ metric, relativeTo }: Assertion): string => {
  if (relativeTo) return '×';
  return metric.kind === 'response-time' ? ' ms' : ' requests/s';
};

/** What may decide an assertion whose limit is inside the interval. */
function adviceFor({ metric }: Assertion, { low, high }: Bounds): string {
  const isInside = low > 0 && high < Number.POSITIVE_INFINITY;
  const where = isInside ? 'the limit is inside the interval' : 'the limit is beyond it';
  return metric.kind === 'capacity'
    ? `${where}: --rigorous measures more of the load curve`
    : `${where}: more blocks may decide it`;
}

/** An interval whose ends are this many times apart is as good as none: its ends would be rows of zeros. */
const useless = 1000;

/** Null where a server that failed has no value. */
function boundsText({ value, low, high }: Bounds, unit: string, blocks: number | null) {
  if (value === 0 || value === Number.POSITIVE_INFINITY) return null;
  const basis = blocks === null ? '' : `, ${plural(blocks, 'block')}`;
  if (low > 0 && high < Number.POSITIVE_INFINITY) {
    const { value: text, range } = formatRange(value, { low, high });
    const interval =
      high > useless * low ? `wider than a factor of ${formatNumber(useless)}` : range;
    return `${text}${unit} (95 % CI ${interval}${basis})`;
  }
  const end = low > 0 ? low : high;
  if (end === 0 || end === Number.POSITIVE_INFINITY) {
    return `about ${formatNumber(value)}${unit}, which ${plural(blocks ?? 0, 'block')} give no interval for`;
  }
  const bound = `at ${low > 0 ? 'least' : 'most'} ${formatNumber(end)}`;
  return end === value ? `${bound}${unit}` : `${formatNumber(value)}${unit} (${bound}${basis})`;
}
