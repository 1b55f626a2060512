import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { RequestOption } from '../plan/request-flags.ts';
import { type RunFlags, runFlagsSchema } from '../plan/run-options.ts';
import { readConfigFile } from './config-file.ts';
import { type Configuration, configurationSchema } from './configuration.ts';
import { issueInWords } from './issue-in-words.ts';
import {
  fileSource,
  flagsSource,
  isAnyTyped,
  isReplaced,
  keyOfFlag,
  type Source,
  variablesSource,
} from './sources.ts';

const typedSchema = z.looseObject({
  /** False for no configuration but the flags. */
  config: z.union([z.string(), z.literal(false)]).optional(),
  requestOptions: z.custom<readonly RequestOption[]>().default([]),
});

/** The flags of a run, and where their values come from. */
export interface ConfiguredFlags {
  readonly flags: RunFlags;
  /** Does something with the flags; a mistake in one that was not typed is reported with its place. */
  readonly withPlaces: <Result>(work: () => Result | Promise<Result>) => Promise<Result>;
}

/**
 * Reads what a run is to do: flags replace `BENCH_…` variables, which replace the configuration file, key by key.
 *
 * @param typed as commander gives it, with the options of requests in their order
 * @throws UsageError for what cannot be used, with its place
 */
export async function readRunFlags(
  typed: unknown,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ConfiguredFlags> {
  const { config, requestOptions, ...flags } = typedSchema.parse(typed);
  const file = config === false ? null : await readConfigFile(config);
  const others = [
    ...(file ? [fileSource(file)] : []),
    ...(config === false ? [] : [variablesSource(environment)]),
  ];
  const typedSource = flagsSource(flags, requestOptions);
  const sources = [...others, typedSource];
  const replaceable = others.flatMap(({ values }) => Object.entries(values));
  const whole = {
    ...Object.fromEntries(replaceable.filter(([key]) => !isReplaced(key, flags))),
    ...typedSource.values,
  };
  const sourceOf = (key: string) => sources.findLast(({ values }) => Object.hasOwn(values, key));
  const configuration = parseConfiguration(whole, sourceOf, sources[0]);
  const folder = file && sourceOf('requests') === sources[0] ? dirname(file.path) : '.';
  return {
    flags: runFlagsSchema.parse({ ...flagsFrom(configuration, folder), ...flags }),
    withPlaces: async (work) => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        const sourceOfUsed = (key: string) =>
          Object.hasOwn(whole, key) ? sourceOf(key) : undefined;
        const isAllOfFile =
          !isAnyTyped(flags) && Object.keys(whole).every((key) => sourceOf(key) === sources[0]);
        throw placed(error, sourceOfUsed, file && isAllOfFile ? file.path : undefined);
      }
    },
  };
}

type SourceOf = (key: string) => Source | undefined;

function parseConfiguration(whole: object, sourceOf: SourceOf, first: Source | undefined) {
  const { success, data, error } = configurationSchema.safeParse(whole);
  if (success) return data;
  // A wrong key explains best why the right one is missing.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  if (!issue) throw error;
  const source = (issue.path.length > 0 ? sourceOf(String(issue.path[0])) : undefined) ?? first;
  throw new UsageError(issueInWords(issue, whole, source?.placeOf ?? String));
}

/**
 * A mistake in a flag, in terms of the file or the variable where these gave its value.
 *
 * @param otherwise where all else is from, if from one place
 */
function placed(error: UsageError, sourceOf: SourceOf, otherwise: string | undefined): UsageError {
  const { flag = '', message } = error;
  const key = keyOfFlag(flag);
  const place = (key === undefined ? undefined : sourceOf(key)?.placeOf([key])) ?? otherwise;
  if (place === undefined || place.startsWith('--')) return error;
  const isNamed = key !== undefined && place !== otherwise && message.startsWith(flag);
  const rest = isNamed ? message.slice(flag.length) : `: ${message}`;
  return new UsageError(`${place}${rest}`);
}

/** A configuration as flags. Relative paths of body files start in the folder. */
function flagsFrom(
  { servers, models, workloads, requests, objectives, assertions, profile, ...same }: Configuration,
  folder: string,
) {
  return {
    ...same,
    ...(servers && serverFlags(servers)),
    model: models?.join(','),
    workload: workloads?.join(','),
    objective: objectives,
    assert: assertions,
    requests: requests?.map(({ bodyFile, ...request }) => ({
      ...request,
      ...(bodyFile !== undefined && { bodyFile: resolve(folder, bodyFile) }),
    })),
    ...(profile && { quick: profile === 'quick', rigorous: profile === 'rigorous' }),
  };
}

/** Names of flags belong to commands first, then to URLs. */
function serverFlags(servers: NonNullable<Configuration['servers']>) {
  const ordered = servers.toSorted(
    (a, b) => Number(a.url !== undefined) - Number(b.url !== undefined),
  );
  return {
    exec: ordered.flatMap(({ exec }) => exec ?? []),
    url: ordered.flatMap(({ url }) => url ?? []),
    name: ordered.map(({ name, exec, url }) => name ?? exec ?? url ?? ''),
  };
}
