/** The part of cluster-service 2.1.4 that is used here; it brings no types. */
declare module 'cluster-service' {
  interface Options {
    workers: Record<string, { worker: string; count: number }>;
    /** True reads commands from the terminal, and logs to it. */
    cli: boolean;
    restartDelayMs: number;
  }
  /** In the primary: forks the workers, replaces those that die; calls back when all have been ready once. */
  function start(options: Options, onReady: (error?: string) => void): void;
  /** In the primary: asks the workers to end, and kills them after a time; calls back when none is left. */
  function stop(timeoutMs: number, onStopped: () => void): void;
  /** In a worker: `false` says that it is not ready yet; called again without it, that it is. */
  function workerReady(isReady?: false): void;
}
