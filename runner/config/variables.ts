import { configurationSchema } from './configuration.ts';

/** What has no form that fits into a variable. */
const structured = ['$schema', 'servers', 'requests', 'headers'];

/** The variable of a key: `clientCpus` is `BENCH_CLIENT_CPUS`. */
export const variableOf = (key: string): string =>
  `BENCH_${key.replaceAll(/[A-Z]/g, '_$&').toUpperCase()}`;

/** The keys of a configuration that environment variables set; an empty variable sets nothing. */
export function readConfigVariables(environment: NodeJS.ProcessEnv): Record<string, unknown> {
  const keys = Object.keys(configurationSchema.shape).filter((key) => !structured.includes(key));
  return Object.fromEntries(
    keys.flatMap((key): [string, unknown][] => {
      const value = environment[variableOf(key)];
      return value ? [[key, value === 'true' || (value === 'false' ? false : value)]] : [];
    }),
  );
}
