import { unknownResources } from '../probes/resources.ts';
import type { ServerProbe, ServerReadings } from '../probes/server-window.ts';
import type { AgentConnection } from './agent-connection.ts';
import { methods } from './protocol.ts';
import type { ServerProcesses } from './server-machine.ts';

/** What an agent reads about the processes of a server that it started. */
export function processesThrough(agent: AgentConnection, id: number): ServerProcesses {
  let windows = 0;
  return {
    comesToRest: (longestWaitMs) => agent.call(methods.comesToRest, { id, longestWaitMs }),
    measureIdle: () => agent.call(methods.measureIdle, { id }),
    readMemoryBytes: () => agent.call(methods.readMemory, { id }),
    readCpu: () => agent.call(methods.readCpu, { id }),
    probeWindow() {
      windows += 1;
      return probeThrough(agent, { id, window: windows });
    },
  };
}

/** What fails is reported when the window is read. */
function probeThrough(
  agent: AgentConnection,
  window: { readonly id: number; readonly window: number },
): ServerProbe {
  const steps: Promise<null>[] = [];
  const take = (step: typeof methods.openWindow) => {
    const taken = agent.call(step, window);
    taken.catch(() => undefined);
    steps.push(taken);
  };
  take(methods.openWindow);
  let beganMs = performance.now();
  let seconds: number | undefined;
  const stop = () => {
    take(methods.stopWindow);
    seconds = (performance.now() - beganMs) / 1000;
    return seconds;
  };
  return {
    start() {
      take(methods.startWindow);
      beganMs = performance.now();
    },
    stop,
    async readings() {
      const secondsHere = seconds ?? stop();
      await Promise.all(steps);
      return trusted(await agent.call(methods.readWindow, window), secondsHere);
    },
  };
}

/** Start and end of a window that are late by more would count another time than the load generator's. */
const mostDifference = 0.1;

/** Without what was read over another time than that of the window here, as when a connection stalls. */
export function trusted(readings: ServerReadings, secondsHere: number): ServerReadings {
  if (Math.abs(readings.seconds - secondsHere) <= mostDifference * secondsHere) return readings;
  return {
    ...readings,
    server: unknownResources,
    cpuSamples: [],
    loopDelays: [],
    host: { busyCpuSeconds: null, stealSeconds: null },
    throttling: null,
  };
}
