import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Longer values are cut in messages. */
const mostShown = 60;

/**
 * What is wrong with a value, as a sentence that begins with the place of the value.
 *
 * @param whole what was parsed, in which the value is looked up
 * @param placeOf names a place, such as `bench.config.yaml: requests[1].weight` or `--status`
 */
export function issueInWords(
  issue: Issue,
  whole: unknown,
  placeOf: (path: readonly PropertyKey[]) => string,
): string {
  const place = placeOf(issue.path);
  const separator = issue.message.startsWith('unknown ') ? ': ' : ' ';
  const value = valueAt(whole, issue.path);
  const isSecret = issue.path.includes('headers') || issue.path.includes('database');
  // A list or a mapping may contain headers.
  const isShown = issue.message.startsWith('must be ') && !isSecret && typeof value !== 'object';
  const found = isShown && value !== undefined ? `, not ${shown(value)}` : '';
  return `${place}${separator}${issue.message.replace(/\.$/, '')}${found}.`;
}

function valueAt(whole: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    whole,
  );
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}
