import type { Objective } from '../../results/document/run-document.ts';
import { formatNumber, formatRange, formatWithRange, percent } from '../../results/format.ts';
import type { Cost } from '../../results/load-curve/cost.ts';
import type { LoadLimit } from '../../results/load-curve/load-limit.ts';
import { percentileInWords } from '../../results/verdicts/metric.ts';

/** "p95 < 100 ms", "light p95 < 100 ms" */
export const objectiveInWords = ({ class: className, percentile, belowMs }: Objective): string =>
  `${className === null ? '' : `${className} `}${percentileInWords(percentile)} < ${formatNumber(belowMs)} ms`;

/** A limit in requests/s: "517 (507–528)", "at least 40", "less than 104", "–". */
export function limitText(limit: LoadLimit): string {
  switch (limit.kind) {
    case 'measured':
      return limit.interval
        ? formatWithRange(limit.perSecond, limit.interval)
        : formatNumber(limit.perSecond);
    case 'at-least':
      return `at least ${formatNumber(limit.perSecond)}`;
    case 'less-than':
      return `less than ${formatNumber(limit.perSecond)}`;
    default:
      return '–';
  }
}

/** The same without the interval: "517", "≥ 40", "< 104", "–". */
export function limitInShort(limit: LoadLimit): string {
  switch (limit.kind) {
    case 'measured':
      return limit.interval
        ? formatRange(limit.perSecond, limit.interval).value
        : formatNumber(limit.perSecond);
    case 'at-least':
      return `≥ ${formatNumber(limit.perSecond)}`;
    case 'less-than':
      return `< ${formatNumber(limit.perSecond)}`;
    default:
      return '–';
  }
}

const mebibyte = 2 ** 20;

/** "CPU per request: 0.25 ms at 60 requests/s, 0.2 ms at 640; idle: 0.2 % of a core, 48 MiB"; null where nothing is known. */
export function costInWords({ loads, idle }: Cost): string | null {
  const each = loads.map(
    ({ offeredPerSecond, cpuMs }, index) =>
      `${formatNumber(cpuMs.median, cpuMs)} ms at ${formatNumber(offeredPerSecond)}${index === 0 ? ' requests/s' : ''}`,
  );
  const resting = [
    idle?.coresBusy == null ? '' : `${percent(idle.coresBusy)} of a core`,
    idle?.memoryBytes == null ? '' : `${formatNumber(idle.memoryBytes / mebibyte)} MiB`,
  ].filter((text) => text !== '');
  const parts = [
    each.length > 0 ? `CPU per request: ${each.join(', ')}` : '',
    resting.length > 0 ? `idle: ${resting.join(', ')}` : '',
  ].filter((text) => text !== '');
  return parts.length > 0 ? parts.join('; ') : null;
}
