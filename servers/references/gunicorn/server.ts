import { addressOf } from '../../launch/ports.ts';
import { referenceSources } from '../../package-root.ts';
import type { LaunchOptions, Server } from '../../server.ts';
import { artefactDirectory, prepareArtefact, probeArtefact } from '../build/artefact.ts';
import { uwsgiFlask } from '../uwsgi/server.ts';
import {
  applicationFolder,
  installedServers,
  virtualEnvironment,
} from '../uwsgi/virtual-environment.ts';

/**
 * Single-threaded worker processes: gunicorn's default. As many as on uWSGI, which is also the advice of gunicorn's
 * documentation: https://docs.gunicorn.org/en/stable/design.html#how-many-workers
 */
export const gunicornSync = gunicornServer({
  name: 'gunicorn-sync',
  summary: 'Flask on gunicorn: single-threaded worker processes, one request at a time each',
  keepAlive: false,
  workerUnit: 'process',
  workerFlags: ({ workers }) => [`--workers=${workers}`, '--worker-class=sync'],
});

const mostThreadsEach = 4;

/** Worker processes with threads: Python code runs in one thread of a process at a time, waits overlap. */
export const gunicornGthread = gunicornServer({
  name: 'gunicorn-gthread',
  summary: 'Flask on gunicorn: worker processes with up to 4 threads, one request at a time each',
  keepAlive: true,
  workerUnit: 'thread',
  defaultWorkers: (availableCpus) => mostThreadsEach * uwsgiFlask.defaultWorkers(availableCpus),
  workerFlags({ workers }) {
    const threads = threadsEach(workers);
    return [`--workers=${workers / threads}`, `--threads=${threads}`, '--worker-class=gthread'];
  },
});

/** How many threads each process has, so that there are exactly as many threads as workers are wanted. */
function threadsEach(workers: number): number {
  for (let threads = mostThreadsEach; threads > 1; threads -= 1) {
    if (workers % threads === 0) return threads;
  }
  return 1;
}

interface GunicornServer
  extends Pick<Server, 'name' | 'summary' | 'keepAlive' | 'workerUnit'>,
    Partial<Pick<Server, 'defaultWorkers'>> {
  readonly workerFlags: (options: LaunchOptions) => readonly string[];
}

/** The Flask application that also runs on uWSGI, from the same virtual environment. */
function gunicornServer({ workerFlags, ...server }: GunicornServer): Server {
  const environment = virtualEnvironment('Flask', 'gunicorn');
  return {
    ...uwsgiFlask,
    ...server,
    probe: () => probeArtefact(environment),
    prepare: (report) => prepareArtefact(environment, report),
    command(options) {
      const { program, words } = installedServers.gunicorn(artefactDirectory(environment));
      const flags = [
        `--config=${referenceSources('gunicorn', 'gunicorn.conf.py')}`,
        `--bind=${addressOf(options)}`,
        `--backlog=${options.backlog}`,
        `--pythonpath=${referenceSources('uwsgi')}`,
        ...workerFlags(options),
      ];
      return {
        program,
        arguments: [...words, ...flags, 'wsgi:application'],
        environment: { PYTHONDONTWRITEBYTECODE: '1' },
        workingDirectory: applicationFolder('Flask'),
      };
    },
  };
}
