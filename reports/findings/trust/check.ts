import type { RunDocument } from '../../../results/document/run-document.ts';
import type { Doubt } from './doubts.ts';

/** One thing that must be in order for the numbers to be believed. */
export interface CheckKind {
  readonly title: string;
  /** Of the doubts that are about it. */
  readonly codes: readonly string[];
  /** What was measured of it where there is no doubt; null where this platform or plan does not tell. */
  readonly finding: (document: RunDocument) => string | null;
}

/** How it was in a run. */
export interface Check {
  readonly title: string;
  readonly state: 'good' | 'note' | 'warn' | 'void' | 'unknown';
  readonly finding: string | null;
  readonly doubts: readonly Doubt[];
}
