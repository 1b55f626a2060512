import { statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, UsageError } from '../errors.ts';
import { readText } from '../files.ts';

/** A configuration file, as far as it can be read: its value is not yet checked. */
export interface ConfigFile {
  readonly path: string;
  readonly value: unknown;
}

const readers: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  '.ts': importDefault,
  '.mts': importDefault,
  '.js': importDefault,
  '.mjs': importDefault,
  '.json': async (path) => JSON.parse(await readText(path)),
  '.yaml': readYaml,
  '.yml': readYaml,
};
/** The names under which a file is found, without `--config`. */
const names = Object.keys(readers).map((ending) => `bench.config${ending}`);

/** The configuration files of the working directory. */
export const presentFiles = (): string[] =>
  names.filter((name) => statSync(name, { throwIfNoEntry: false })?.isFile());

/**
 * Reads the file of `--config`, or the one in the working directory.
 *
 * @returns null if there is none
 * @throws UsageError if there are several, or the file cannot be read
 */
export async function readConfigFile(chosen: string | undefined): Promise<ConfigFile | null> {
  const [path, another] = chosen === undefined ? presentFiles() : [chosen];
  if (path === undefined) return null;
  if (another !== undefined) {
    throw new UsageError(
      `${path} and ${another} are both here: keep one of them, or choose one with --config.`,
    );
  }
  const read = readers[extname(path)];
  if (!read) {
    throw new UsageError(
      `--config must be a file with one of the endings ${Object.keys(readers).join(', ')}, not "${path}".`,
    );
  }
  try {
    // Modules and YAML have values that JSON has not, such as circles and dates.
    return { path, value: JSON.parse(JSON.stringify((await read(path)) ?? {})) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read: ${firstLine(messageOf(error))}.`);
  }
}

async function importDefault(path: string): Promise<unknown> {
  await readText(path); // says best why it cannot be read
  const explain = () => {
    process.stderr.write(`bench: ${path} must not end the program, as process.exit does.\n`);
    process.exitCode = 2;
  };
  process.once('exit', explain);
  const imported: Promise<object> = import(pathToFileURL(resolve(path)).href);
  const module = await imported.finally(() => process.off('exit', explain));
  if (!('default' in module)) throw new UsageError(`${path} must have a default export.`);
  if (typeof module.default === 'function') {
    throw new UsageError(`${path} must export the configuration itself, not a function.`);
  }
  return module.default;
}

async function readYaml(path: string): Promise<unknown> {
  const text = await readText(path);
  const { parse } = await import('yaml');
  return parse(text, { logLevel: 'error' });
}

/** Parsers add an excerpt of the file below. */
const firstLine = (message: string): string => message.split('\n', 1).join('').replace(/[:.]$/, '');
