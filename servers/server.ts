/** Whether a server can run on this machine, and if not, why and what would help. */
export type Availability =
  | { readonly available: true; readonly version: string }
  | { readonly available: false; readonly reason: string; readonly advice: string };

/** How a server is started; docs/wire-contract.md explains the environment variables. */
export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  /** True for a program of the user's own, which gets the whole environment, secrets included. */
  readonly needsWholeEnvironment?: true;
}

/** What a module of the user's own exports: a `Handler` as `handler`, or a Fetch handler by default. */
export type AppKind = 'handler' | 'fetch';

export interface LaunchOptions {
  readonly host: string;
  readonly port: number;
  readonly workers: number;
  readonly backlog: number;
  /** The numbers of the CPUs that the server may use; all if left out. Linux only. */
  readonly cpus?: readonly number[];
}

/** Something that answers the workloads' requests: a model, a reference that a model is compared with, or a user's own. */
export interface Server {
  readonly name: string;
  readonly kind: 'model' | 'reference' | 'custom';
  readonly summary: string;
  /** For a model: the servers and frameworks that are built like it, in words. */
  readonly models?: string;
  /** For a reference: the name of its model. */
  readonly modelledBy?: string;
  /** Whether connections stay open after an answer. */
  readonly keepAlive: boolean;
  /** Whether a worker serves one request at a time, waits included; if left out, it has any number of waits in flight. */
  readonly oneAtATime?: true;
  /** What one worker is: 'process', 'thread' …; listings and reports name it. */
  readonly workerUnit: string;
  /** The endpoints that it serves, by name; if left out, every one, as by hosting the TypeScript handlers. */
  readonly serves?: readonly string[];
  /**
   * A path that any status below 500 shows to be ready; null if any answer to `/` does; if left out, /healthz with
   * status 200.
   */
  readonly readyPath?: string | null;
  /** The kinds of modules of the user's own that it hosts; left out if none. */
  readonly hosts?: readonly AppKind[];
  defaultWorkers(availableCpus: number): number;
  probe(): Promise<Availability>;
  /** Builds what the server needs, once on each machine; `report` receives the steps. Rejects with advice. */
  prepare?(report: (line: string) => void): Promise<void>;
  command(options: LaunchOptions): Command;
}

/** How a server's process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The exit codes of this project's own servers. */
export const exitCodes = {
  /** The environment breaks the wire contract. */
  badEnvironment: 2,
  /** A fault of the program itself, such as workers that die again and again. */
  failed: 70,
  /** Part of the wire contract. */
  portTaken: 98,
} as const;

/** A server that answers at `url`. Its processes end when `stop` is called, and when the runner dies. */
export interface RunningServer {
  readonly url: string;
  /** The server's main process, and the process group that it leads. */
  readonly pid: number;
  /** Settles when that process has ended, for whatever reason, and none of its group is left. */
  readonly exited: Promise<Exit>;
  /** The last lines of its output, for messages. */
  readonly outputTail: () => string;
  /** SIGTERM, a grace period, SIGKILL to the whole process group; resolves when no process is left. */
  stop(): Promise<void>;
}
