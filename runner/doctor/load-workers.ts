import { createServer } from 'node:http';
import type { LoadWorker } from '../../results/document/run-document.ts';
import { milliseconds, plural } from '../../results/format.ts';
import { choosePort } from '../../servers/launch/ports.ts';
import { messageOf } from '../errors.ts';
import type { Load } from '../load/load.ts';
import { LoadWorkers, type LoadWorkersPlan } from '../load/workers/load-workers.ts';
import { locust } from '../load/workers/locust.ts';
import type { Member } from '../load/workers/member.ts';
import { bad, type Finding, good, warn } from './finding.ts';
import { judgeOpenFiles } from './limits.ts';

const mostClockAheadMs = 1000;
/** Half of it is how far apart two workers may start. */
const mostRoundTripMs = 20;
/** What every server answers by the wire contract. */
const path = '/healthz';

const trialLoad = {
  loop: 'open',
  classes: [{ name: 'ok', weight: 1, path, expectedBody: null }],
  ratePerSecond: 100,
  arrivals: 'uniform',
  maxConnections: 100,
  warmupSeconds: 0.5,
  windowSeconds: 2,
  timeoutSeconds: 5,
  seed: 1,
} as const satisfies Partial<Load>;

/** A small server to load. */
interface Target {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * Waits for the load workers, and lets them load a small server together.
 *
 * @param onProgress receives a line for each worker that joins
 * @param start starts the server; on this machine by default
 */
export async function checkLoadWorkers(
  plan: LoadWorkersPlan,
  host: string,
  onProgress: (line: string) => void,
  start: (host: string) => Promise<Target> = startHere,
): Promise<Finding[]> {
  const found = await locust.probe();
  if (!found.available) return [bad('Locust', found.reason, found.advice)];
  const { port, stop } = await start(host);
  const members = new Map<string, Member>();
  const onJoined = (member: Member) => {
    members.set(member.name, member);
    onProgress(`${member.name} joined`);
  };
  const controls = { signal: new AbortController().signal, onJoined };
  try {
    const workers = await LoadWorkers.open(plan, controls);
    try {
      const { loadWorkers = [] } = await workers.run({ ...trialLoad, host, port }, () => {});
      const judged = loadWorkers.flatMap((worker) => {
        const member = members.get(worker.name);
        return member ? judgeLoadWorker(worker, member) : [];
      });
      return [good('Locust', found.version), ...judged];
    } finally {
      await workers.stop();
    }
  } catch (error) {
    return [bad('load', messageOf(error), 'See docs/several-machines.md for ports and addresses.')];
  } finally {
    await stop();
  }
}

async function startHere(host: string): Promise<Target> {
  const server = createServer((_request, response) => void response.end('ok\n'));
  const port = await choosePort(host);
  await new Promise<void>((resolve) => void server.listen(port, host, resolve));
  const stop = async () => {
    server.close();
    server.closeAllConnections();
  };
  return { port, stop };
}

/**
 * What a load worker showed in a small load.
 *
 * @param limits of its machine
 */
export function judgeLoadWorker(
  worker: LoadWorker,
  limits: Pick<Member, 'cpus' | 'openFiles'>,
): Finding {
  const { name, serverRoundTripMs, clockAheadMs, clockErrorMs, requests, startedLateMs } = worker;
  const clock = Math.round(Math.abs(clockAheadMs));
  const openFiles = judgeOpenFiles(limits.openFiles);
  const found = `${plural(limits.cpus, 'CPU')}; open files: ${openFiles.found}; round trip ${milliseconds(serverRoundTripMs)}; clock ${clock} ms ${clockAheadMs < 0 ? 'behind' : 'ahead'} (± ${milliseconds(clockErrorMs)})`;
  if (requests.ok < requests.sent || startedLateMs > 0) {
    const failed = requests.sent - requests.ok;
    const seen =
      failed > 0
        ? `${failed} of ${requests.sent} requests failed`
        : `it started ${milliseconds(startedLateMs)} late`;
    return bad(name, `${found}; ${seen}`, 'See whether its network is busy or filtered.');
  }
  if (Math.abs(clockAheadMs) > mostClockAheadMs) {
    return warn(name, found, 'Synchronise it with NTP, so that logs can be compared.');
  }
  if (2 * clockErrorMs > mostRoundTripMs) {
    return warn(
      name,
      found,
      'Workers start as far apart as half the round trip. Use a nearer one.',
    );
  }
  return { ...openFiles, subject: name, found };
}
