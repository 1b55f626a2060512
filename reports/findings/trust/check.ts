import type { RunDocument } from '../../../results/document/run-document.ts';
import type { Doubt } from './doubts.ts';

/** One thing that must be in order for the numbers to be believed. */
export interface CheckKind {
  readonly title: string;
  /** The codes of the warnings that belong to it. */
  readonly codes: readonly string[];
  /** What was measured where there is no warning: null where this platform or plan does not show it, undefined where it does not apply. */
  readonly finding: (document: RunDocument) => string | null | undefined;
}

/** How it was in a run. */
export interface Check {
  readonly title: string;
  readonly state: 'good' | 'note' | 'warn' | 'void' | 'unknown';
  readonly finding: string | null;
  readonly doubts: readonly Doubt[];
}
