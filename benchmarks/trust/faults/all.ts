import { coldStart } from './cold-start.ts';
import { cpuHog } from './cpu-hog.ts';
import { drift } from './drift.ts';
import type { Fault } from './fault.ts';
import { lostReplies } from './lost-replies.ts';
import { nagle } from './nagle.ts';
import { smallBacklog } from './small-backlog.ts';
import { starvedClient } from './starved-client.ts';
import { stoppedServer } from './stopped-server.ts';
import { workerKilled } from './worker-killed.ts';
import { wrongBody } from './wrong-body.ts';

/** Every fault, in the order that they are tried. */
export const faults: readonly Fault[] = [
  starvedClient,
  smallBacklog,
  nagle,
  cpuHog,
  lostReplies,
  wrongBody,
  coldStart,
  drift,
  workerKilled,
  stoppedServer,
];
