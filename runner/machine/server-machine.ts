import type { Environment, NoiseProbe, ServerOn } from '../../results/document/run-document.ts';
import type { Availability, LaunchOptions, RunningServer } from '../../servers/server.ts';
import type { ConfiguredServer } from '../plan/plan.ts';
import type { BusySample } from '../probes/busy-cores.ts';
import type { Core } from '../probes/cpus.ts';
import type { Idle } from '../probes/idle.ts';
import type { CpuSnapshot } from '../probes/process-tree.ts';
import type { ServerProbe } from '../probes/server-window.ts';

/** What a plan needs to know about the machine that the servers run on. */
export interface MachineCpus {
  /** How many CPUs a server can keep busy. */
  readonly available: number;
  /** The numbers of the CPUs that servers may use; empty where the platform does not say. */
  readonly allowed: readonly number[];
  readonly cores: readonly Core[];
}

/** Where the servers of a run are: on this machine, or where `--server-on` leads. */
export interface ServerSide {
  readonly cpus: MachineCpus;
  /** Null for servers beside the load generator. */
  readonly elsewhere: Elsewhere | null;
}

export interface Elsewhere {
  readonly hostname: string;
  /** Whether they use the CPUs of this machine all the same, as in a container or a network namespace. */
  readonly sharesCpus: boolean;
  /** Whether their loopback address is that of this process. */
  readonly sharesNetwork: boolean;
  /** Addresses that servers can listen on there. */
  readonly addresses: readonly string[];
}

/** What can be read about the processes of a server, wherever they run; null where the platform does not say. */
export interface ServerProcesses {
  /** Waits until they have nothing left to do; false if they were still busy after the longest wait. */
  comesToRest(longestWaitMs: number): Promise<boolean>;
  measureIdle(): Promise<Idle | null>;
  readMemoryBytes(): Promise<number | null>;
  readCpu(): Promise<CpuSnapshot | null>;
  /** Begins to probe them and their machine for one window of load. */
  probeWindow(): ServerProbe;
}

/** What starting a server takes. */
export type ServerToStart = Pick<
  ConfiguredServer,
  'name' | 'variantOf' | 'kind' | 'summary' | 'readyPath' | 'command' | 'probe'
>;

/** A server that answers at `url`, and what can be read about it. */
export interface StartedServer extends Pick<RunningServer, 'url' | 'exited' | 'stop'> {
  /** Whether any certificate is accepted. */
  readonly insecure: boolean;
  /** The last lines of its output, for messages. */
  readonly outputTail: () => Promise<string>;
  readonly processes: ServerProcesses;
}

export interface LaunchRequest extends Omit<LaunchOptions, 'port'> {
  /** Whether any certificate is accepted, if the server speaks HTTPS. */
  readonly insecure: boolean;
  /** Variables in addition to the wire contract's and the server's own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Cancels the launch. */
  readonly signal: AbortSignal;
}

/** The machine that the servers run on: this one, or another. */
export interface ServerMachine {
  readonly environment: Environment;
  /** Where it is, for a plan. */
  readonly side: ServerSide;
  /** Aborted when the machine is out of reach, with a RunError as the reason. */
  readonly lost: AbortSignal;
  /** Whether a server can run there. */
  readonly probe: (server: ServerToStart) => Promise<Availability>;
  /**
   * Starts a server on a free port and waits until it is ready.
   * @throws LaunchError if the server cannot be started; the signal's reason if cancelled
   */
  launch(server: ServerToStart, request: LaunchRequest): Promise<StartedServer>;
  probeNoise(block: number): Promise<NoiseProbe>;
  /** The CPUs that are busy now. */
  sampleBusyCores(signal: AbortSignal): Promise<BusySample>;
  /**
   * Where it is, for the results; null for this machine.
   * @param address on which servers will listen
   * @throws UsageError if this machine does not have the address; RunError if it cannot connect to it there
   */
  place(address: string): Promise<ServerOn | null>;
  /** Ends what was started to reach the machine, and there whatever is left of it. */
  close(): Promise<void>;
}
