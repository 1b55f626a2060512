import { UsageError } from '../errors.ts';
import { type RequestOption, readRequestOptions } from '../plan/request-flags.ts';
import type { ConfigFile } from './config-file.ts';
import { configurationSchema } from './configuration.ts';
import { readConfigVariables, variableOf } from './variables.ts';

/** A place that a configuration comes from. */
export interface Source {
  /** By key of the configuration. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Names a part of it in messages. */
  readonly placeOf: (path: readonly PropertyKey[]) => string;
}

/** A configuration file: `bench.config.yaml: requests[1].weight`. */
export function fileSource({ path: file, value }: ConfigFile): Source {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`${file} must be keys with values, such as "profile: quick".`);
  }
  const dotted = (path: readonly PropertyKey[]) =>
    path
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('')
      .replace(/^\./, '');
  const placeOf = (path: readonly PropertyKey[]) =>
    path.length > 0 ? `${file}: ${dotted(path)}` : file;
  return { values: { ...value }, placeOf };
}

/** Environment variables: `BENCH_CONNECTIONS`. */
export const variablesSource = (environment: NodeJS.ProcessEnv): Source => ({
  values: readConfigVariables(environment),
  placeOf: ([key]) => variableOf(String(key)),
});

/** Keys whose flags have other names. */
const namesOfFlags: Readonly<Record<string, readonly string[]>> = {
  models: ['model'],
  workloads: ['workload'],
  objectives: ['objective'],
  assertions: ['assert'],
  servers: ['exec', 'url', 'name'],
  requests: ['request', 'path'],
  headers: ['header'],
  profile: ['quick', 'rigorous'],
};

/** The flags that set a key, as in the result of commander. */
const flagsOf = (key: string): readonly string[] => namesOfFlags[key] ?? [key];

/** The same as typed: `--client-cpus`. */
const typedFlagsOf = (key: string): string[] =>
  flagsOf(key).map((flag) => `--${flag.replaceAll(/[A-Z]/g, '-$&').toLowerCase()}`);

/** The key that a flag sets, if any. */
export const keyOfFlag = (flag: string): string | undefined =>
  Object.keys(configurationSchema.shape).find((key) => typedFlagsOf(key).includes(flag));

/** The flag that says a part of a request. */
const partFlags: Readonly<Record<string, string>> = {
  headers: '--header',
  body: '--body',
  bodyFile: '--body',
  status: '--status',
  contains: '--contains',
};

function placeOfFlag(path: readonly PropertyKey[]): string {
  const part = path.findLast((key) => Object.hasOwn(partFlags, key));
  if (part === 'headers') return ['--header', ...path.slice(path.indexOf(part) + 1)].join(' ');
  return partFlags[String(part)] ?? typedFlagsOf(String(path[0]))[0] ?? '';
}

export type TypedFlags = Readonly<Record<string, unknown>>;

/** The flags that are keys of a configuration by themselves: `--connections`. */
export function flagsSource(flags: TypedFlags, requestOptions: readonly RequestOption[]): Source {
  const { requests, headers } = readRequestOptions(requestOptions);
  const keys = Object.keys(configurationSchema.shape);
  const given = keys.flatMap((key): [string, unknown][] => {
    const [flag = '', ...others] = flagsOf(key);
    const value = flags[flag];
    return value === undefined || others.length > 0 || flag === 'header' ? [] : [[key, value]];
  });
  return {
    values: {
      ...Object.fromEntries(given),
      ...(requests.length > 0 && { requests }),
      ...(Object.keys(headers).length > 0 && { headers }),
    },
    placeOf: placeOfFlag,
  };
}

/** Whether flags that say the same in another form replace a key of the file: `--exec` replaces `servers`. */
export const isReplaced = (key: string, flags: TypedFlags): boolean => {
  const all = flagsOf(key);
  return all.length > 1 && all.some((flag) => flag !== 'request' && flags[flag] !== undefined);
};

/** Whether any flag says what a configuration could. */
export const isAnyTyped = (flags: TypedFlags): boolean =>
  Object.keys(configurationSchema.shape).some((key) =>
    flagsOf(key).some((flag) => flags[flag] !== undefined),
  );
