import { readFileSync } from 'node:fs';
import { referenceSources } from '../../package-root.ts';
import type { LaunchOptions, Server } from '../../server.ts';
import { artefactDirectory, prepareArtefact, probeArtefact } from '../build/artefact.ts';
import { uwsgiProgram, virtualEnvironment } from './virtual-environment.ts';

export const uwsgiFlask = uwsgiServer('Flask');
export const uwsgiDjango = uwsgiServer('Django');

/** A WSGI framework on uWSGI: a master and single-threaded worker processes, one request at a time each. */
function uwsgiServer(framework: string): Server {
  const name = `uwsgi-${framework.toLowerCase()}`;
  const sources = referenceSources('uwsgi', `${framework.toLowerCase()}-app`);
  const environment = virtualEnvironment(name, framework, sources);
  return {
    name,
    kind: 'reference',
    summary: `${framework} on uWSGI: single-threaded worker processes, one request at a time each`,
    modelledBy: 'prefork',
    serves: ['hello', 'io', 'cpu', 'fanout'],
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
          `--ini=${referenceSources('uwsgi', 'uwsgi.ini')}`,
          `--http-socket=${address(options)}`,
          `--processes=${options.workers}`,
          `--listen=${Math.min(options.backlog, longestBacklog())}`,
          `--virtualenv=${directory}`,
          `--pythonpath=${referenceSources('uwsgi')}`,
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

/** The kernel's limit of the backlog. The kernel applies it to other servers; uWSGI refuses to start above it. */
function longestBacklog(): number {
  if (process.platform !== 'linux') return Number.POSITIVE_INFINITY;
  return Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));
}
