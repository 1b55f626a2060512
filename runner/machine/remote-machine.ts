import type { ServerProbe } from '../probes/server-window.ts';
import { programOf } from './agent-command.ts';
import { AgentConnection } from './agent-connection.ts';
import { readMachineFacts, relationOf } from './facts.ts';
import { methods, type ServerSpec } from './protocol.ts';
import { measureRoundTripMs } from './round-trip.ts';
import type {
  LaunchRequest,
  ServerMachine,
  ServerProcesses,
  ServerToStart,
  StartedServer,
} from './server-machine.ts';

/**
 * The machine that a prefix leads to, such as `ssh app1`.
 *
 * @param bench the command of bench there
 * @throws RunError if bench cannot be started there, or has another version
 */
export async function openRemoteMachine(prefix: string, bench?: string): Promise<ServerMachine> {
  const agent = await AgentConnection.open(prefix, bench);
  try {
    const [here, facts] = await Promise.all([readMachineFacts(), agent.call(methods.facts, null)]);
    const { hostname, addresses, cpus, environment } = facts;
    const relation = relationOf(here, facts);
    const launch = launcher(agent);
    return {
      // The load generator runs here.
      environment: { ...environment, realTimeGenerator: here.environment.realTimeGenerator },
      side: { cpus, elsewhere: { hostname, addresses, ...relation } },
      lost: agent.lost,
      probe: (server) => agent.call(methods.probe, specOf(server)),
      launch,
      probeNoise: (block) => agent.call(methods.probeNoise, { block }),
      sampleBusyCores: () => agent.call(methods.sampleBusyCores, null),
      async place(address) {
        const { port } = await agent.call(methods.openPort, { host: address });
        const roundTripMs = await measureRoundTripMs(address, port);
        await agent.call(methods.closePort, null);
        const { cpuModel, cpusAvailable, operatingSystem, kernel } = here.environment;
        const runner = {
          hostname: here.hostname,
          cpuModel,
          cpusAvailable,
          operatingSystem,
          kernel,
        };
        const via = programOf(prefix);
        return { via, hostname, address, roundTripMs, sharesCpus: relation.sharesCpus, runner };
      },
      close: () => agent.close(),
    };
  } catch (error) {
    await agent.close();
    throw error;
  }
}

const specOf = ({ name, variantOf, kind, summary, readyPath }: ServerToStart): ServerSpec => ({
  name: variantOf ?? name,
  shownAs: name,
  commandLine: kind === 'custom' ? summary : null,
  ...(readyPath !== undefined && { readyPath }),
});

/** Starts servers through an agent. */
function launcher(agent: AgentConnection): ServerMachine['launch'] {
  let launches = 0;
  return async (server, request) => {
    launches += 1;
    return startThrough(agent, launches, server, request);
  };
}

async function startThrough(
  agent: AgentConnection,
  id: number,
  server: ServerToStart,
  { signal, cpus, ...request }: LaunchRequest,
): Promise<StartedServer> {
  signal.throwIfAborted();
  const exited = agent.exitOf(id);
  const cancel = () => void agent.call(methods.stop, { id }).catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const { url } = await agent.call(methods.launch, {
      ...request,
      id,
      server: specOf(server),
      ...(cpus && { cpus: [...cpus] }),
    });
    return {
      url,
      insecure: request.insecure,
      exited,
      outputTail: () => agent.call(methods.outputTail, { id }),
      processes: processesThrough(agent, id),
      async stop() {
        // An agent that is lost ends its servers by itself.
        if (!agent.lost.aborted) await agent.call(methods.stop, { id });
      },
    };
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function processesThrough(agent: AgentConnection, id: number): ServerProcesses {
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
  return {
    start: () => take(methods.startWindow),
    stop: () => take(methods.stopWindow),
    async readings() {
      await Promise.all(steps);
      return agent.call(methods.readWindow, window);
    },
  };
}
