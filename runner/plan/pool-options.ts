import { pool, poolSettings } from '../../servers/pool/server.ts';
import { UsageError } from '../errors.ts';
import { parseWholeNumber } from './flag-values.ts';

/** Flags that only the pool has, as the user typed them. */
export interface PoolFlags {
  readonly netpollers?: string | undefined;
  readonly queueLimit?: string | undefined;
}

/** Settings of one server beyond the wire contract: by flag for the document, by variable for the server. */
export interface ServerOptions {
  readonly options: Readonly<Record<string, number>>;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The pool's settings.
 *
 * @param chosen the names of all servers that will run
 * @throws UsageError for a value out of range, or for a flag without a pool to set
 */
export function resolvePoolOptions(flags: PoolFlags, chosen: readonly string[]): ServerOptions {
  const given = [
    { name: 'netpollers', text: flags.netpollers, ...poolSettings.netpollers },
    { name: 'queue-limit', text: flags.queueLimit, ...poolSettings.queueLimit },
  ].flatMap(({ name, text, variable, maximum }) =>
    text === undefined
      ? []
      : [{ name, variable, value: parseWholeNumber(`--${name}`, text, 1, maximum) }],
  );
  const [first] = given;
  if (first && !chosen.includes(pool.name)) {
    throw new UsageError(`--${first.name} is for the model pool, not for ${chosen.join(', ')}.`);
  }
  return {
    options: Object.fromEntries(given.map(({ name, value }) => [name, value])),
    environment: Object.fromEntries(given.map(({ variable, value }) => [variable, `${value}`])),
  };
}
