import type { z } from 'zod';
import type { ServerOn } from '../../results/document/run-document.ts';
import { programOf } from './agent-command.ts';
import { AgentConnection } from './agent-connection.ts';
import { readMachineFacts, relationOf } from './facts.ts';
import { methods, type ServerSpec } from './protocol.ts';
import { processesThrough } from './remote-processes.ts';
import { measureRoundTripMs } from './round-trip.ts';
import type {
  Elsewhere,
  LaunchRequest,
  ServerMachine,
  ServerSide,
  ServerToStart,
  StartedServer,
} from './server-machine.ts';

/** A machine with more to say than a run needs. */
export interface RemoteMachine extends ServerMachine {
  /** The program that leads there, such as `ssh`. */
  readonly via: string;
  readonly side: ServerSide & { readonly elsewhere: Elsewhere };
  place(address: string): Promise<ServerOn>;
  /** Whether servers can be measured there, and which. */
  examine(): Promise<z.output<typeof methods.examine.result>>;
  /** How far its clock is ahead of the one here, half of the round trip more or less. */
  readClock(): Promise<{ readonly offsetMs: number; readonly roundTripMs: number }>;
}

/**
 * The machine that a prefix leads to, such as `ssh app1`.
 *
 * @param bench the command of bench there
 * @throws RunError if bench cannot be started there, or has another version
 */
export async function openRemoteMachine(prefix: string, bench?: string): Promise<RemoteMachine> {
  const agent = await AgentConnection.open(prefix, bench);
  try {
    const [here, facts] = await Promise.all([readMachineFacts(), agent.call(methods.facts, null)]);
    const { hostname, addresses, cpus, environment } = facts;
    const relation = relationOf(here, facts);
    const via = programOf(prefix);
    const launch = launcher(agent);
    return {
      via,
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
        return { via, hostname, address, roundTripMs, sharesCpus: relation.sharesCpus, runner };
      },
      examine: () => agent.call(methods.examine, null),
      readClock: () => readClock(agent),
      close: () => agent.close(),
    };
  } catch (error) {
    await agent.close();
    throw error;
  }
}

const clockReadings = 11;

/** From the reading with the shortest round trip. */
async function readClock(agent: AgentConnection) {
  const readings: { offsetMs: number; roundTripMs: number }[] = [];
  for (let reading = 0; reading < clockReadings; reading++) {
    const [beganMs, hereMs] = [performance.now(), Date.now()];
    const { wallMs } = await agent.call(methods.ping, null);
    const roundTripMs = performance.now() - beganMs;
    readings.push({ offsetMs: wallMs - (hereMs + roundTripMs / 2), roundTripMs });
  }
  return readings.reduce((best, one) => (one.roundTripMs < best.roundTripMs ? one : best));
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
