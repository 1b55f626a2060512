import { readFileSync } from 'node:fs';
import { addressOf } from '../../launch/ports.ts';
import { referenceSources } from '../../package-root.ts';
import type { Server } from '../../server.ts';
import { artefactDirectory, prepareArtefact, probeArtefact } from '../build/artefact.ts';
import { applicationFolder, installedServers, virtualEnvironment } from './virtual-environment.ts';

export const uwsgiFlask = uwsgiServer('Flask');
export const uwsgiDjango = uwsgiServer('Django');

/** A WSGI framework on uWSGI: a master and single-threaded worker processes, one request at a time each. */
function uwsgiServer(framework: string): Server {
  const environment = virtualEnvironment(framework, 'uWSGI');
  return {
    name: `uwsgi-${framework.toLowerCase()}`,
    kind: 'reference',
    summary: `${framework} on uWSGI: single-threaded worker processes, one request at a time each`,
    modelledBy: 'prefork',
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
    keepAlive: false,
    oneAtATime: true,
    workerUnit: 'process',
    defaultWorkers: (availableCpus) => 2 * availableCpus + 1,
    probe: () => probeArtefact(environment),
    prepare: (report) => prepareArtefact(environment, report),
    command(options) {
      const directory = artefactDirectory(environment);
      return {
        program: installedServers.uWSGI(directory).program,
        arguments: [
          `--ini=${referenceSources('uwsgi', 'uwsgi.ini')}`,
          `--http-socket=${addressOf(options)}`,
          `--processes=${options.workers}`,
          `--listen=${Math.min(options.backlog, longestBacklog())}`,
          `--virtualenv=${directory}`,
          `--pythonpath=${referenceSources('uwsgi')}`,
          '--module=wsgi:application',
        ],
        environment: { PYTHONDONTWRITEBYTECODE: '1' },
        workingDirectory: applicationFolder(framework),
      };
    },
  };
}

/** The kernel's limit of the backlog. The kernel applies it to other servers; uWSGI refuses to start above it. */
function longestBacklog(): number {
  if (process.platform !== 'linux') return Number.POSITIVE_INFINITY;
  return Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));
}
