import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, RunError } from '../errors.ts';
import { cpuBetween, readCpuSnapshot } from '../probes/process-tree.ts';
import type { Target } from '../run/attach.ts';
import { getAndDrain } from '../run/get-and-drain.ts';
import { answerTimeoutMs } from '../run/verify.ts';

/** What several requests cost a server, asked one after the other. */
export interface CostAlone {
  readonly requests: number;
  readonly cpuSeconds: number;
}

/** A thread's account is up to date once it sleeps. */
const settleMs = 2;
const fewestRequests = 2;

/**
 * Asks a server for one path again and again, each time when the last answer has come, and reads what that cost it.
 * Accounts are read while it idles, so that whole requests are counted, however long they take.
 *
 * @throws RunError when an answer is not 200, or the platform does not tell CPU times
 */
export async function measureIsolatedCpuCost(
  { url, pid }: Pick<Target, 'url' | 'pid'>,
  path: string,
  seconds: number,
): Promise<CostAlone> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    await ask(url, path, agent);
    await delay(settleMs);
    const before = pid === null ? null : readCpuSnapshot(pid);
    const beganMs = performance.now();
    let requests = 0;
    while (requests < fewestRequests || performance.now() - beganMs < seconds * 1000) {
      await ask(url, path, agent);
      requests += 1;
    }
    await delay(settleMs);
    const after = pid === null ? null : readCpuSnapshot(pid);
    if (!before || !after) throw new RunError('its CPU time cannot be read here');
    if (before.threads.size === 0) {
      throw new RunError(
        'its CPU time is known in steps of 10 ms only: this kernel has no schedstat',
      );
    }
    return { requests, cpuSeconds: cpuBetween(before, after).cpuSeconds };
  } finally {
    agent.destroy();
  }
}

async function ask(url: string, path: string, agent: Agent): Promise<void> {
  const { statusCode } = await getAndDrain(new URL(path, url), answerTimeoutMs, { agent }).catch(
    (error) => {
      throw new RunError(`GET ${path} failed: ${messageOf(error)}`);
    },
  );
  if (statusCode !== 200) {
    throw new RunError(`GET ${path} was answered with status ${statusCode}`);
  }
}
