import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { findProgram } from '../../launch/program.ts';
import { referenceSources } from '../../package-root.ts';
import type { Artefact } from '../build/artefact.ts';
import { PreparationError, readToolOutput, runTool } from '../build/tools.ts';

/**
 * A virtual environment with a framework and the servers that run it, from a requirements.txt that pins every version.
 * @param framework its name in the requirements, such as `Flask`
 * @param server the server whose version is reported, by its name in the requirements
 */
export function virtualEnvironment(
  framework: string,
  server: keyof typeof installedServers,
): Artefact {
  const sourceDirectory = applicationFolder(framework);
  const requirements = join(sourceDirectory, 'requirements.txt');
  return {
    name: framework.toLowerCase(),
    sourceDirectory,
    sources: /^requirements\.txt$/,
    checkTools: () => checkPython(),
    async build(directory, report) {
      report('making a virtual environment');
      await runTool('python3', ['-m', 'venv', directory], sourceDirectory);
      report('installing requirements.txt; pip compiles uWSGI, which takes a minute');
      const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', '-r', requirements];
      await runTool(join(directory, 'bin', 'python'), pip, sourceDirectory);
    },
    async version(directory) {
      const python = await readToolOutput(join(directory, 'bin', 'python'), '--version');
      const { program, words } = installedServers[server](directory);
      await readToolOutput(program, ...words, '--version');
      const pinned = readFileSync(requirements, 'utf8');
      const versionOf = (project: string) => `${project} ${pinnedVersion(pinned, project)}`;
      return `${versionOf(framework)}, ${versionOf(server)}, ${python}`;
    },
  };
}

/** The folder of a framework's application. */
export const applicationFolder = (framework: string) =>
  referenceSources('uwsgi', `${framework.toLowerCase()}-app`);

/**
 * How each server is started from a virtual environment. The scripts that pip installs name the folder of the build,
 * which is moved afterwards.
 */
export const installedServers = {
  uWSGI: (directory: string) => ({ program: join(directory, 'bin', 'uwsgi'), words: [] }),
  gunicorn: (directory: string) => ({
    program: join(directory, 'bin', 'python'),
    words: ['-m', 'gunicorn'],
  }),
} as const;

function pinnedVersion(requirements: string, project: string): string {
  const line = requirements.split('\n').find((line) => line.startsWith(`${project}==`));
  if (line === undefined) throw new Error(`requirements.txt does not pin ${project}`);
  return line.slice(project.length + 2);
}

const oldestMinor = 10;

const describePython = `
import importlib.util, json, os, shutil, sys, sysconfig
compiler = os.environ.get("CC") or sysconfig.get_config_var("CC") or "gcc"
headers = os.path.join(sysconfig.get_path("include"), "Python.h")
print(json.dumps({
  "version": list(sys.version_info[:3]),
  "venv": bool(importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")),
  "headers": os.path.exists(headers),
  "compiler": shutil.which(compiler.split()[0]) is not None,
}))
`;

const pythonSchema = z.object({
  version: z.tuple([z.int(), z.int(), z.int()]),
  venv: z.boolean(),
  headers: z.boolean(),
  compiler: z.boolean(),
});

const advice = [
  'install what is missing, then run: bench setup',
  'Debian:  sudo apt-get install python3-venv python3-dev build-essential',
  'Fedora:  sudo dnf install python3-devel gcc',
  'macOS:   xcode-select --install; brew install python',
].join('\n');

/**
 * @param compiles whether packages are compiled, as uWSGI is
 * @throws PreparationError unless Python can make virtual environments and compile what is to be compiled
 */
export async function checkPython({ compiles } = { compiles: true }): Promise<void> {
  const path = findProgram('python3');
  if (path === undefined) throw new PreparationError('Python is not installed', advice);
  const output = await readToolOutput(path, '-c', describePython);
  const { version, venv, headers, compiler } = pythonSchema.parse(JSON.parse(output));
  const [major, minor] = version;
  const missing = [
    ...(major === 3 && minor >= oldestMinor ? [] : [`Python 3.${oldestMinor} or newer`]),
    ...(venv ? [] : ["Python's venv and ensurepip modules"]),
    ...(headers || !compiles ? [] : ["Python's headers (Python.h)"]),
    ...(compiler || !compiles ? [] : ['a C compiler']),
  ];
  if (missing.length === 0) return;
  const found = `${path} is Python ${version.join('.')}`;
  throw new PreparationError(`missing: ${missing.join(', ')} (${found})`, advice);
}
