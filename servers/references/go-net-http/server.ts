import { join } from 'node:path';
import { referenceSources } from '../../package-root.ts';
import type { Server } from '../../server.ts';
import {
  type Artefact,
  artefactDirectory,
  prepareArtefact,
  probeArtefact,
} from '../build/artefact.ts';
import { readToolOutput, runTool } from '../build/tools.ts';
import { checkGo } from './toolchain.ts';

const name = 'go-net-http';
const sources = referenceSources(name);
const program = (directory: string) => join(directory, name);

const binary: Artefact = {
  name,
  sourceDirectory: sources,
  sources: /^go\.mod$|\.go$/,
  checkTools: checkGo,
  async build(directory, report) {
    report('compiling with go build');
    await runTool('go', ['build', '-trimpath', '-o', program(directory), '.'], sources);
  },
  version: async (directory) =>
    `Go ${(await readToolOutput(program(directory), '-version')).slice(2)}`,
};

/** Go's net/http: a goroutine a request, GOMAXPROCS of them running at a time. */
export const goNetHttp: Server = {
  name,
  kind: 'reference',
  summary: "Go's net/http: a goroutine for each request, run by as many threads as there are CPUs",
  modelledBy: 'pool',
  keepAlive: true,
  workerUnit: 'thread',
  defaultWorkers: (availableCpus) => availableCpus,
  probe: () => probeArtefact(binary),
  prepare: (report) => prepareArtefact(binary, report),
  command: () => ({ program: program(artefactDirectory(binary)), arguments: [] }),
};
