import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artefact } from '../build/artefact.ts';
import { readToolOutput, runTool } from '../build/tools.ts';
import { checkPython } from './toolchain.ts';

/**
 * A virtual environment with uWSGI and a framework, from a requirements.txt that pins everything.
 * @param framework how the requirements call it: `Flask`
 */
export function virtualEnvironment(
  name: string,
  framework: string,
  sourceDirectory: string,
): Artefact {
  const requirements = join(sourceDirectory, 'requirements.txt');
  return {
    name,
    sourceDirectory,
    sources: /^requirements\.txt$/,
    checkTools: checkPython,
    async build(directory, report) {
      report('making a virtual environment');
      await runTool('python3', ['-m', 'venv', directory], sourceDirectory);
      report('installing requirements.txt; pip compiles uWSGI, which takes a minute');
      const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', '-r', requirements];
      await runTool(join(directory, 'bin', 'python'), pip, sourceDirectory);
    },
    async version(directory) {
      const python = await readToolOutput(uwsgiProgram(directory), '--python-version');
      const pinned = readFileSync(requirements, 'utf8');
      const uwsgi = pinnedVersion(pinned, 'uWSGI');
      return `${framework} ${pinnedVersion(pinned, framework)}, uWSGI ${uwsgi}, Python ${python}`;
    },
  };
}

export const uwsgiProgram = (virtualEnvironment: string) =>
  join(virtualEnvironment, 'bin', 'uwsgi');

function pinnedVersion(requirements: string, project: string): string {
  const line = requirements.split('\n').find((line) => line.startsWith(`${project}==`));
  if (line === undefined) throw new Error(`requirements.txt does not pin ${project}`);
  return line.slice(project.length + 2);
}
