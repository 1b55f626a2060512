import { RequestError } from './request-error.ts';

/** One whole-number parameter of a workload: its default, the limits that servers enforce, and what it means. */
export interface WholeNumber {
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly unit: string;
  readonly about: string;
}

export type ParameterTable = Readonly<Record<string, WholeNumber>>;
export type ParameterValues<Table extends ParameterTable> = {
  readonly [Name in keyof Table]: number;
};

/** A parameter that cannot be used. */
export class ParameterError extends RequestError {
  override readonly name = 'ParameterError';

  constructor(message: string) {
    super(400, message);
  }
}

/**
 * Reads a workload's parameters from a query string, with defaults for missing ones.
 * The grammar and the messages are part of the wire contract, which servers in other languages implement too.
 *
 * @param path the path in messages, such as `/io`
 * @throws ParameterError for an unknown, repeated, malformed or out-of-range parameter
 */
export function parseParameters<Table extends ParameterTable>(
  table: Table,
  path: string,
  query: string,
): ParameterValues<Table> {
  const given = new URLSearchParams(query);
  const names = Object.keys(table);
  for (const name of given.keys()) {
    if (!Object.hasOwn(table, name)) {
      throw new ParameterError(`unknown parameter; ${path} takes ${names.join(', ') || 'none'}`);
    }
  }
  const values = Object.entries(table).map(([name, limits]) => [
    name,
    parseWholeNumber(name, limits, given.getAll(name)),
  ]);
  return Object.fromEntries(values) as ParameterValues<Table>;
}

function parseWholeNumber(name: string, limits: WholeNumber, given: readonly string[]): number {
  const [text, ...more] = given;
  if (text === undefined) return limits.default;
  if (more.length > 0) throw new ParameterError(`${name} is given more than once`);
  const value = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= limits.minimum && value <= limits.maximum)) {
    throw new ParameterError(
      `${name} must be a whole number from ${limits.minimum} to ${limits.maximum}`,
    );
  }
  return value;
}
