import type { Environment } from '../../results/document/run-document.ts';
import { launch } from '../../servers/launch/launch.ts';
import { choosePort } from '../../servers/launch/ports.ts';
import { messageOf, UsageError } from '../errors.ts';
import { sampleBusyCores } from '../probes/busy-cores.ts';
import { allowedCpus, availableCpus, readCores } from '../probes/cpus.ts';
import { type LoopDelayLog, openLoopDelayLog } from '../probes/event-loop-delay.ts';
import { measureIdle } from '../probes/idle.ts';
import { probeMachineNoise } from '../probes/machine-noise.ts';
import { processTree, readCpuSnapshot, readMemoryBytes } from '../probes/process-tree.ts';
import { comesToRest } from '../probes/rest.ts';
import { probeServer } from '../probes/server-window.ts';
import type {
  LaunchRequest,
  MachineCpus,
  ServerMachine,
  ServerProcesses,
  ServerSide,
  ServerToStart,
  StartedServer,
} from './server-machine.ts';

/** The CPUs of this machine that this process may use. */
export function readMachineCpus(): MachineCpus {
  const allowed = allowedCpus();
  return { available: availableCpus(), allowed, cores: readCores(allowed) };
}

export const onThisMachine = (): ServerSide => ({ cpus: readMachineCpus(), elsewhere: null });

/** The machine that this process runs on. */
export function localMachine(environment: Environment): ServerMachine {
  return {
    environment,
    side: onThisMachine(),
    lost: new AbortController().signal,
    probe: (server) => server.probe(),
    launch: launchHere,
    probeNoise: probeMachineNoise,
    sampleBusyCores,
    async place(address) {
      // A wrong address shows before anything is measured.
      await choosePort(address).catch((error: unknown) => {
        throw new UsageError(messageOf(error));
      });
      return null;
    },
    close: async () => undefined,
  };
}

async function launchHere(
  server: ServerToStart,
  { environment, insecure, signal, ...request }: LaunchRequest,
): Promise<StartedServer> {
  const log = openLoopDelayLog();
  try {
    const options = { ...request, port: await choosePort(request.host) };
    const running = await launch(server, options, {
      signal,
      insecure,
      environment: { ...environment, ...log.environment },
    });
    return {
      url: running.url,
      insecure,
      exited: running.exited,
      outputTail: async () => running.outputTail(),
      processes: processesOf(running.pid, log),
      stop: () => running.stop().finally(() => log.remove()),
    };
  } catch (error) {
    log.remove();
    throw error;
  }
}

/** @param pid null for processes that are unknown: only the machine is probed */
export const processesOf = (
  pid: number | null,
  log: Pick<LoopDelayLog, 'read'>,
): ServerProcesses => ({
  comesToRest: (longestWaitMs) => comesToRest(pid, longestWaitMs),
  measureIdle: () => measureIdle(pid),
  readMemoryBytes: async () => (pid === null ? null : readMemoryBytes(processTree(pid))),
  readCpu: async () => (pid === null ? null : readCpuSnapshot(pid)),
  probeWindow: () => probeServer(pid, log),
});
