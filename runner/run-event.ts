import type { Pilot, RunDocument, Trial } from '../results/run-document.ts';
import type { PlannedCell } from './plan.ts';

export type Phase = 'starting' | 'checking' | 'warming up' | 'measuring' | 'draining' | 'stopping';

export interface Step extends PlannedCell {
  readonly purpose: 'pilot' | Trial['purpose'];
}

/** What a run tells of itself while it works; views of progress are made from these alone. */
export type RunEvent =
  | { readonly type: 'run-started'; readonly document: RunDocument; readonly steps: number }
  | { readonly type: 'step-started'; readonly step: Step }
  | { readonly type: 'phase'; readonly phase: Phase }
  | { readonly type: 'reading'; readonly throughputPerSecond: number }
  | { readonly type: 'pilot-finished'; readonly pilot: Pilot }
  | { readonly type: 'trial-finished'; readonly trial: Trial }
  | { readonly type: 'run-ended' };

export type Tell = (event: RunEvent) => void;
