import { z } from 'zod';
import { pool, poolSettings } from '../../servers/pool/server.ts';
import type { Server } from '../../servers/server.ts';
import { UsageError } from '../errors.ts';
import { parseWholeNumber } from './quantities.ts';

const poolOptions = [
  {
    ...poolSettings.netpollers,
    name: 'netpollers',
    summary: 'threads that accept connections and run the handlers (default: 1)',
  },
  {
    ...poolSettings.queueLimit,
    name: 'queue-limit',
    summary: 'computations that may wait for a worker thread; above, 503 (default: no bound)',
  },
];

/** What the user has set of options that only some servers know, by flag, as typed. */
export type GivenOptions = Readonly<Record<string, string | undefined>>;

/** What one server is told by its environment beyond the wire contract. */
export interface OptionSettings {
  /** By the names of the options. */
  readonly options: Readonly<Record<string, number>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** The flags of all servers' options with their help, as commander takes them. */
export function serverOptionFlags(): (readonly [flag: string, summary: string])[] {
  return poolOptions.map(({ name, summary }) => [`--${name} <count>`, `pool: ${summary}`] as const);
}

/** Picks the server options out of what commander gives for a command. */
export function givenOptions(rawFlags: unknown): GivenOptions {
  const given = z.record(z.string(), z.unknown()).parse(rawFlags);
  const schema = z.string().optional();
  return Object.fromEntries(
    poolOptions.map(({ name }) => [name, schema.parse(given[camel(name)])]),
  );
}

/**
 * What a server is told of the options given: those that it knows.
 * @throws UsageError for a value that cannot be used
 */
export function settleOptions(server: Server, given: GivenOptions): OptionSettings {
  const options = server === pool ? poolOptions : [];
  const settled = options.flatMap(({ name, variable, maximum }) => {
    const text = given[name];
    return text === undefined
      ? []
      : [{ name, variable, value: parseWholeNumber(`--${name}`, text, 1, maximum) }];
  });
  return {
    options: Object.fromEntries(settled.map(({ name, value }) => [name, value])),
    environment: Object.fromEntries(settled.map(({ variable, value }) => [variable, `${value}`])),
  };
}

/** @throws UsageError for an option given that none of the chosen servers knows */
export function refuseUnknownOptions(chosen: readonly Server[], given: GivenOptions): void {
  if (chosen.includes(pool)) return;
  const unknown = Object.keys(given).find((name) => given[name] !== undefined);
  if (unknown === undefined) return;
  throw new UsageError(
    `--${unknown} means nothing to ${chosen.map(({ name }) => name).join(', ')}: it is for pool.`,
  );
}

/** As commander names a flag's value: queue-limit is queueLimit. */
function camel(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
