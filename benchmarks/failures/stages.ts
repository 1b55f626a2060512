/** A moment of a run at which a fault can strike. */
export interface Stage {
  readonly name: string;
  /** After a longer delay than this, the run may be over. */
  readonly longestDelayMs: number;
  /** Servers and generators run, or are about to: a fault of theirs waits for its process. */
  readonly hasServers: boolean;
}

/** In their order. The first one is the start of the command; the others are named by the run itself. */
export const stages: readonly Stage[] = [
  { name: 'command', longestDelayMs: 250, hasServers: true },
  { name: 'run-started', longestDelayMs: 250, hasServers: true },
  { name: 'starting', longestDelayMs: 250, hasServers: true },
  { name: 'checking', longestDelayMs: 250, hasServers: true },
  { name: 'warming up', longestDelayMs: 250, hasServers: true },
  { name: 'measuring', longestDelayMs: 250, hasServers: true },
  { name: 'draining', longestDelayMs: 250, hasServers: true },
  { name: 'group-finished', longestDelayMs: 10, hasServers: true },
  { name: 'stopping', longestDelayMs: 5, hasServers: true },
  { name: 'run-ended', longestDelayMs: 30, hasServers: false },
];
