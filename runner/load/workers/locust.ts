import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../servers/package-root.ts';
import {
  type Artefact,
  artefactDirectory,
  prepareArtefact,
  probeArtefact,
} from '../../../servers/references/build/artefact.ts';
import { readToolOutput, runTool } from '../../../servers/references/build/tools.ts';
import { checkPython } from '../../../servers/references/uwsgi/virtual-environment.ts';
import type { Server } from '../../../servers/server.ts';

const sources = join(packageRoot, 'runner', 'load', 'workers', 'locust');
const requirements = join(sources, 'requirements.txt');

/** A virtual environment with Locust. */
const environment: Artefact = {
  name: 'locust',
  sourceDirectory: sources,
  sources: /^requirements\.txt$/,
  checkTools: () => checkPython({ compiles: false }),
  async build(directory, report) {
    report('making a virtual environment');
    await runTool('python3', ['-m', 'venv', directory], sources);
    report('installing requirements.txt');
    const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', '-r', requirements];
    await runTool(join(directory, 'bin', 'python'), pip, sources);
  },
  async version(directory) {
    const python = join(directory, 'bin', 'python');
    await readToolOutput(python, '-c', 'import importlib.util as u; assert u.find_spec("locust")');
    const [, pinned] = /^locust==(.*)$/m.exec(readFileSync(requirements, 'utf8')) ?? [];
    return `Locust ${pinned}, ${await readToolOutput(python, '--version')}`;
  },
};

/** What carries messages between a run and its load workers, as `bench setup` prepares it. */
export const locust: Pick<Server, 'name' | 'prepare' | 'probe'> = {
  name: 'load workers',
  prepare: (report) => prepareArtefact(environment, report),
  probe: () => probeArtefact(environment),
};

export const pythonOfLocust = (): string => join(artefactDirectory(environment), 'bin', 'python');

/** The command that starts the relay. */
export const relayCommand = (...words: readonly string[]): readonly [string, ...string[]] => [
  pythonOfLocust(),
  join(sources, 'relay.py'),
  ...words,
];
