import { join } from 'node:path';
import { findProgram } from '../../launch/program.ts';
import { referenceSources } from '../../package-root.ts';
import type { Server } from '../../server.ts';
import {
  type Artefact,
  artefactDirectory,
  prepareArtefact,
  probeArtefact,
} from '../build/artefact.ts';
import { PreparationError, readToolOutput, runTool } from '../build/tools.ts';

const name = 'go-net-http';
const sources = referenceSources(name);
const program = (directory: string) => join(directory, name);

/** Go 1.24, as in go.mod. */
const oldestMinor = 24;

const advice = [
  `install Go 1.${oldestMinor} or newer, then run: bench setup`,
  'Debian 13 or newer:  sudo apt-get install golang-go',
  'Fedora:              sudo dnf install golang',
  'macOS:               brew install go',
  'any other:           https://go.dev/dl',
].join('\n');

/** @throws PreparationError if Go is missing or too old */
export async function checkGo(): Promise<void> {
  const go = findProgram('go');
  if (go === undefined) throw new PreparationError('Go is not installed', advice);
  const version = await readToolOutput(go, 'env', 'GOVERSION');
  const [, minor] = /^go1\.([0-9]+)/.exec(version) ?? [];
  if (minor !== undefined && Number(minor) < oldestMinor) {
    throw new PreparationError(`Go is too old (${version})`, advice);
  }
}

const binary: Artefact = {
  name,
  sourceDirectory: sources,
  sources: /^go\.(mod|sum)$|\.go$/,
  checkTools: checkGo,
  async build(directory, report) {
    report('compiling with go build, which downloads pgx');
    await runTool('go', ['build', '-trimpath', '-o', program(directory), '.'], sources);
  },
  version: async (directory) =>
    `Go ${(await readToolOutput(program(directory), '-version')).slice(2)}`,
};

/** Go's net/http: one goroutine for each request, of which GOMAXPROCS run at a time. */
export const goNetHttp: Server = {
  name,
  kind: 'reference',
  summary: "Go's net/http: a goroutine for each request, run by as many threads as there are CPUs",
  modelledBy: 'pool',
  serves: [
    'hello',
    'io',
    'cpu',
    'fanout',
    'password',
    'image',
    'upload',
    'product',
    'products',
    'order',
  ],
  keepAlive: true,
  workerUnit: 'thread',
  defaultWorkers: (availableCpus) => availableCpus,
  probe: () => probeArtefact(binary),
  prepare: (report) => prepareArtefact(binary, report),
  command: () => ({ program: program(artefactDirectory(binary)), arguments: [] }),
};
