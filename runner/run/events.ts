import type {
  CalibratedRequest,
  Disturbance,
  RunDocument,
  Trial,
} from '../../results/document/run-document.ts';
import type { LoadWorkersPlan } from '../load/workers/load-workers.ts';
import type { Timing } from '../plan/budget.ts';
import type { PlannedGroup } from '../plan/plan.ts';

type Phase =
  | 'starting'
  | 'waiting for other programs'
  | 'checking'
  | 'warming up'
  | 'measuring'
  | 'draining'
  | 'stopping';

/** What happens during a run; views of its progress are made from these events alone. */
export type RunEvent =
  | {
      readonly type: 'run-started';
      readonly document: RunDocument;
      /** How long all blocks take by the plan, if no comparison is decided earlier. */
      readonly plannedSeconds: number;
      readonly timing: Pick<Timing, 'budgetSeconds' | 'extraSeconds' | 'furtherWindows' | 'curve'>;
    }
  | ({ readonly type: 'waiting-for-load-workers' } & LoadWorkersPlan)
  | { readonly type: 'load-worker-joined'; readonly name: string; readonly cpus: number }
  | {
      readonly type: 'load-workers-missing';
      readonly present: number;
      readonly count: number;
      readonly withinMs: number;
    }
  | { readonly type: 'calibrating'; readonly server: string }
  | { readonly type: 'calibrated'; readonly demand: CalibratedRequest }
  | { readonly type: 'block-started'; readonly block: number }
  | { readonly type: 'group-started'; readonly group: PlannedGroup }
  | {
      readonly type: 'turn';
      readonly server: string;
      readonly window: Disturbance['window'];
      /** The load, in a turn of the load curve. */
      readonly perSecond?: number;
    }
  | { readonly type: 'disturbed'; readonly disturbance: Disturbance }
  | { readonly type: 'phase'; readonly phase: Phase }
  | { readonly type: 'reading'; readonly throughputPerSecond: number }
  | {
      readonly type: 'group-finished';
      readonly trials: readonly Trial[];
      /** Everything measured so far. */
      readonly document: RunDocument;
    }
  | { readonly type: 'run-ended' };

export type RunListener = (event: RunEvent) => void;
