import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent } from '../../../runner/run/run-event.ts';
import { conduct, doubtsIn, failuresIn } from '../conduct.ts';
import type { WatchedRun } from '../kept.ts';
import type { Fault } from './fault.ts';

const windowSeconds = 2;
const intoWindowMs = 600;

/** Makes a short run with a fault in it, and tells what it was flagged with. */
export async function watchRun(fault: Fault): Promise<WatchedRun> {
  const { name, what, expected, flags, change, beside, midWindow } = fault;
  let done: Promise<void> | undefined;
  const disturb = (event: RunEvent) => {
    if (event.type !== 'phase' || event.phase !== 'measuring' || !midWindow) return;
    done ??= sleep(intoWindowMs).then(midWindow);
    done.catch(() => {}); // told below
  };
  const order = {
    name,
    flags: { blocks: '2', duration: `${windowSeconds}s`, seed: '1', ...flags },
    change: { controls: false, ...change },
  };
  const end = beside?.();
  try {
    const document = await conduct(order, disturb);
    await done;
    const grave = doubtsIn(document).filter(({ severity }) => severity !== 'note');
    const failures = failuresIn(document);
    return {
      name,
      what,
      expected: [...expected],
      flagged: [...new Set([...grave.map(({ code }) => code), ...failures.map(() => 'failed')])],
      messages: [...grave.map(({ code, message }) => `${code}: ${message}`), ...failures],
    };
  } finally {
    end?.();
  }
}
