import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, RunError } from '../errors.ts';
import { agentFor, answerTimeoutMs, type Recipient, sendAndDrain } from '../load/send-and-drain.ts';
import type { StartedServer } from '../machine/server-machine.ts';
import { cpuBetween } from '../probes/process-tree.ts';

/** A running server. */
export interface Running extends Recipient {
  readonly processes: Pick<StartedServer['processes'], 'readCpu'>;
}

/** The account of a thread is up to date once the thread sleeps. */
const settleMs = 2;
const fewestRequests = 2;

/**
 * The CPU seconds that one request for a path costs a server that has nothing else to do: requests are sent one after
 * the other, and accounts are read while the server idles, so that whole requests are counted.
 *
 * @param seconds how long requests are sent; at least two are
 * @throws RunError if an answer is not 200, or if CPU time cannot be read precisely on this platform
 */
export async function measureIsolatedCpuCost(
  running: Running,
  path: string,
  seconds: number,
): Promise<number> {
  const { processes } = running;
  const agent = agentFor(running, { keepAlive: true, maxSockets: 1 });
  const send = async () => {
    const { statusCode } = await sendAndDrain(running, answerTimeoutMs, { path, agent }).catch(
      (error) => {
        throw new RunError(`GET ${path} failed: ${messageOf(error)}`);
      },
    );
    if (statusCode !== 200) throw new RunError(`GET ${path} got status ${statusCode}`);
  };
  try {
    await send();
    await delay(settleMs);
    const before = await processes.readCpu();
    const startedMs = performance.now();
    let requests = 0;
    while (requests < fewestRequests || performance.now() - startedMs < seconds * 1000) {
      await send();
      requests += 1;
    }
    await delay(settleMs);
    const after = await processes.readCpu();
    if (!before || !after) throw new RunError('its CPU time cannot be read here');
    if (before.threads.size === 0) {
      throw new RunError(
        'its CPU time is known in steps of 10 ms only: this kernel has no schedstat',
      );
    }
    return cpuBetween(before, after).cpuSeconds / requests;
  } finally {
    agent.destroy();
  }
}
