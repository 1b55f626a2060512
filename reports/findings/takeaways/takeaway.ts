import type { PlannedServer } from '../../../results/document/run-document.ts';

/** What a run says to a claim, by a stated rule. */
export type Outcome = 'supported' | 'not supported' | 'cannot tell';

export interface Finding {
  readonly server: PlannedServer;
  readonly outcome: Outcome;
  /** What was measured. */
  readonly text: string;
}

export interface Takeaway {
  readonly claim: string;
  readonly rule: string;
  /** One for each server that the claim is about and that ran; none ran when it is empty. */
  readonly findings: readonly Finding[];
}
