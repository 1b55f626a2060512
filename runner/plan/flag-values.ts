import leven from 'leven';
import { UsageError } from '../errors.ts';

interface Named {
  readonly name: string;
}

/** The flags that take a name. */
const flagsByKind: Readonly<Record<string, string>> = {
  model: '--model',
  workload: '--workload',
  'fairness mode': '--fairness',
};

/**
 * The item of a registry that has the name.
 *
 * @param kind what the message calls the item: 'model', 'workload'
 * @throws UsageError that suggests the closest name, or one that begins with it
 */
export function findByName<Item extends Named>(
  kind: string,
  registry: readonly Item[],
  name: string,
): Item {
  const found = registry.find((item) => item.name === name);
  if (found) return found;
  const names = registry.map((item) => item.name);
  throw new UsageError(unknownName(kind, names, name), flagsByKind[kind]);
}

/** Limits of flags, and of what a run takes from an earlier one. */
export const mostConnections = 65_535;
export const mostPerSecond = 1_000_000;
export const longestSeconds = 3600;
export const mostBlocks = 1000;

/** The sentence that refuses a name which is not among the known ones. */
export function unknownName(kind: string, names: readonly string[], name: string): string {
  const [closest] = names.toSorted((a, b) => leven(a, name) - leven(b, name));
  const isClose = closest && leven(closest, name) <= Math.max(2, name.length / 2);
  const meant = isClose ? closest : names.find((known) => known.startsWith(name));
  return `unknown ${kind} "${name}"${meant ? `; did you mean ${meant}?` : '.'} Known: ${names.join(', ')}.`;
}

const msPerUnit: Record<string, number> = { '': 1000, ms: 1, s: 1000, m: 60_000, min: 60_000 };

/**
 * Seconds from a duration as typed: `5`, `5s`, `1.5s`, `500ms`, `2m`.
 * @throws UsageError unless it is above 0 and at most an hour
 */
export function parseDurationSeconds(flag: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|min|)$/.exec(text.trim());
  const seconds = match ? (Number(match[1]) * (msPerUnit[match[2] ?? ''] ?? Number.NaN)) / 1000 : 0;
  if (seconds > 0 && seconds <= longestSeconds) return seconds;
  throw new UsageError(
    `${flag} must be a time above 0 and up to an hour, such as 5s, 500ms or 2m, not "${text}".`,
  );
}

/** @throws UsageError unless the text is a whole number within the limits */
export function parseWholeNumber(
  flag: string,
  text: string,
  minimum: number,
  maximum: number,
): number {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  throw new UsageError(
    `${flag} must be a whole number from ${minimum} to ${maximum}, not "${text}".`,
  );
}

/**
 * A fraction from a percentage as typed: `5%` is 0.05.
 * @throws UsageError unless it is above 0 % and below 100 %
 */
export function parseShare(flag: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim());
  const share = match ? Number(match[1]) / 100 : Number.NaN;
  if (share > 0 && share < 1) return share;
  throw new UsageError(`${flag} must be a percentage such as 5%, not "${text}".`);
}
