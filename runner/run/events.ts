import type { CalibratedRequest, RunDocument, Trial } from '../../results/document/run-document.ts';
import type { PlannedTrial } from '../plan/plan.ts';

type Phase = 'starting' | 'checking' | 'warming up' | 'measuring' | 'draining' | 'stopping';

/** What happens during a run; views of its progress are made from these events alone. */
export type RunEvent =
  | {
      readonly type: 'run-started';
      readonly document: RunDocument;
      /** How long each trial takes by the plan, in order; 0 for a server that cannot run. */
      readonly plannedSeconds: readonly number[];
      readonly budgetSeconds: number | null;
    }
  | { readonly type: 'calibrating'; readonly server: string }
  | { readonly type: 'calibrated'; readonly demand: CalibratedRequest }
  | { readonly type: 'trial-started'; readonly trial: PlannedTrial }
  | { readonly type: 'phase'; readonly phase: Phase }
  | { readonly type: 'reading'; readonly throughputPerSecond: number }
  | { readonly type: 'trial-finished'; readonly trial: Trial }
  | { readonly type: 'run-ended' };

export type RunListener = (event: RunEvent) => void;
