import type { Surroundings, VictimRun } from './victim-run.ts';

/** A kind of fault. */
export interface FailureKind {
  readonly name: string;
  readonly surroundings?: Surroundings;
  /**
   * What happens at the stage; a kind without it is a matter of the surroundings.
   *
   * @returns false if nothing happened: the run ended before there was a process to strike
   */
  readonly strike?: (run: VictimRun) => Promise<boolean>;
  /** It strikes a process that the run starts. */
  readonly needsServers?: true;
  /** The results cannot be read afterwards, by the nature of the fault. */
  readonly losesResults?: true;
  readonly needsRoot?: true;
  /** A program or file without which the fault cannot be made. */
  readonly needsFile?: string;
  readonly models?: readonly string[];
  /** The workload, if not one that needs nothing. */
  readonly workload?: 'crud';
}
