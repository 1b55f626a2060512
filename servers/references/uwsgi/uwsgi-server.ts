import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceSources } from '../../package-root.ts';
import type { LaunchOptions, Server } from '../../server.ts';
import { artefactDirectory, prepareArtefact, probeArtefact } from '../build/artefact.ts';
import { uwsgiProgram, virtualEnvironment } from './virtual-environment.ts';

const shared = referenceSources('uwsgi');

/** A WSGI framework on uWSGI: a master and single-threaded worker processes, one request at a time each. */
export function uwsgiServer(name: string, framework: string): Server {
  const sources = referenceSources(name);
  const environment = virtualEnvironment(name, framework, sources);
  return {
    name,
    kind: 'reference',
    summary: `${framework} on uWSGI: single-threaded worker processes, one request at a time each`,
    modelledBy: 'prefork',
    keepAlive: false,
    workerUnit: 'process',
    defaultWorkers: (availableCpus) => 2 * availableCpus + 1,
    probe: () => probeArtefact(environment),
    prepare: (report) => prepareArtefact(environment, report),
    command(options) {
      const directory = artefactDirectory(environment);
      return {
        program: uwsgiProgram(directory),
        arguments: [
          `--ini=${join(shared, 'uwsgi.ini')}`,
          `--http-socket=${address(options)}`,
          `--processes=${options.workers}`,
          `--listen=${Math.min(options.backlog, longestBacklog())}`,
          `--virtualenv=${directory}`,
          `--pythonpath=${shared}`,
          '--module=wsgi:application',
        ],
        environment: { PYTHONDONTWRITEBYTECODE: '1' },
        workingDirectory: sources,
      };
    },
  };
}

const address = ({ host, port }: LaunchOptions) =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** What the kernel cuts a backlog to. Other servers leave that to the kernel; uWSGI refuses to start. */
function longestBacklog(): number {
  if (process.platform !== 'linux') return Number.POSITIVE_INFINITY;
  return Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));
}
