import { UsageError } from '../errors.ts';

const msPerUnit: Record<string, number> = { '': 1000, ms: 1, s: 1000, m: 60_000, min: 60_000 };

/** Seconds from what a user writes for a flag: `5`, `5s`, `1.5s`, `500ms`, `2m`. */
export function parseDurationSeconds(flag: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|min|)$/.exec(text.trim());
  const seconds = match ? (Number(match[1]) * (msPerUnit[match[2] ?? ''] ?? Number.NaN)) / 1000 : 0;
  if (seconds > 0 && seconds <= 3600) return seconds;
  throw new UsageError(
    `${flag} must be a time above 0 and up to an hour, such as 5s, 500ms or 2m; "${text}" is not.`,
  );
}

/** A whole number within limits from what a user writes for a flag. */
export function parseWholeNumber(
  flag: string,
  text: string,
  minimum: number,
  maximum: number,
): number {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  throw new UsageError(
    `${flag} must be a whole number from ${minimum} to ${maximum}; "${text}" is not.`,
  );
}

/** A share from what a user writes for a flag: `5%` is 0.05. */
export function parseShare(flag: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim());
  const share = match ? Number(match[1]) / 100 : Number.NaN;
  if (share > 0 && share < 1) return share;
  throw new UsageError(`${flag} must be a percentage such as 5%; "${text}" is not.`);
}
