/** The part of cluster-service 2.1.4 that is used here; the package has no types. */
declare module 'cluster-service' {
  import type { Server } from 'node:net';

  interface Options {
    workers: Record<string, { worker: string; count: number }>;
    /** True reads commands from the terminal, and logs to it. */
    cli: boolean;
    restartDelayMs: number;
  }
  /** In the primary: forks the workers and replaces dead ones; calls back when all have been ready once. */
  function start(options: Options, onReady: (error?: string) => void): void;
  /** In the primary: sends the workers a request to end, and kills them after the timeout; calls back when none is left. */
  function stop(timeoutMs: number, onStopped: () => void): void;
  /**
   * In a worker: first called with `false`, not ready yet; then with options, ready. On a request to end, a worker closes
   * its servers, and then exits or calls `onWorkerStop`.
   */
  function workerReady(isReady: false | { onWorkerStop: () => void }): void;
  /** The servers that a worker closes on a request to end, unless they are removed. */
  const netServers: { remove(server: Server): void };
}
