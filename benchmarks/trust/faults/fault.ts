import type { Order } from '../conduct.ts';

/** What is put into a run, and what the run must be flagged with. */
export interface Fault extends Order {
  readonly what: string;
  /** Codes of warnings, any of which shows that the fault was seen. */
  readonly expected: readonly string[];
  /** Starts what disturbs the whole run; what it returns ends that. */
  readonly beside?: () => () => void;
  /** What is done in the middle of the first trial's first window. */
  readonly midWindow?: () => Promise<void>;
}
