/** Whether a server can run on this machine, and if not, why and what would help. */
export type Availability =
  | { readonly available: true; readonly version: string }
  | { readonly available: false; readonly reason: string; readonly advice: string };

/** How a server is started; see docs/wire-contract.md for what the environment variables mean. */
export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
}

export interface LaunchOptions {
  readonly host: string;
  readonly port: number;
  readonly workers: number;
  readonly backlog: number;
  /** The numbers of the CPUs that it may use; all where left out. Linux only. */
  readonly cpus?: readonly number[];
}

/** Something that answers the workloads' requests: one of our models, or a real system that a model stands for. */
export interface Server {
  readonly name: string;
  readonly kind: 'model' | 'reference' | 'custom';
  readonly summary: string;
  /** For a model, the real systems that are built like it, in words. */
  readonly models?: string;
  /** For a reference, the name of the model that is built like it. */
  readonly modelledBy?: string;
  /** Whether its connections outlive an answer. */
  readonly keepAlive: boolean;
  /** What one worker is: 'process', 'thread' …; listings and reports name it. */
  readonly workerUnit: string;
  /** A path whose answer, of whatever status below 500, shows that it is ready; left out, it is /healthz with 200. */
  readonly readyPath?: string;
  defaultWorkers(availableCpus: number): number;
  probe(): Promise<Availability>;
  /** Builds what it needs once on each machine; `report` tells the steps. Not needed where absent; rejects with advice. */
  prepare?(report: (line: string) => void): Promise<void>;
  command(options: LaunchOptions): Command;
}

/** How a server's process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server that answers at `url`. Its processes end when `stop` is called, and when the runner dies. */
export interface RunningServer {
  readonly url: string;
  readonly pid: number;
  /** Settles when the server's process has ended, asked to or not. */
  readonly exited: Promise<Exit>;
  /** The last lines that it printed, for messages. */
  outputTail(): string;
  /** SIGTERM, a grace period, SIGKILL to the whole process group; resolves when nothing of it is left. */
  stop(): Promise<void>;
}
