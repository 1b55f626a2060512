import { cellsOf } from '../../results/cells.ts';
import type { RunDocument, Trial } from '../../results/document/run-document.ts';
import type { RunFiles } from '../run/store.ts';

/** Raised by one whenever a script that reads the summary would misread it. */
const schemaVersion = 1;

/** What `bench run --json` prints: a small summary for scripts; run.json holds everything. */
export function summaryForScripts(document: RunDocument, files: RunFiles): string {
  const summary = {
    schemaVersion,
    status: document.status,
    ...files,
    cells: cellsOf(document).map((cell) => ({
      server: cell.server,
      workload: cell.workload,
      /** Over the blocks, at saturation; null where nothing could be measured. */
      closedLoopRequestsPerSecond: cell.throughputPerSecond && {
        median: cell.throughputPerSecond.median,
        lowest: cell.throughputPerSecond.low,
        highest: cell.throughputPerSecond.high,
        blocks: cell.throughputPerSecond.blocks,
      },
      failedRequests: cell.failedRequests,
      warnings: cell.warnings,
    })),
  };
  return `${JSON.stringify(summary)}\n`;
}

/** How many trials failed, with controls counted separately; null when none did. */
export function failuresInWords(trials: readonly Trial[]): string | null {
  const parts = [
    ...failedAmong(trials, 'comparison', 'trials'),
    ...failedAmong(trials, 'control', 'controls'),
  ];
  return parts.length > 0 ? parts.join(' and ') : null;
}

function failedAmong(trials: readonly Trial[], purpose: Trial['purpose'], noun: string): string[] {
  const all = trials.filter((trial) => trial.purpose === purpose);
  const failed = all.filter(({ status }) => status === 'failed').length;
  return failed > 0 ? [`${failed} of ${all.length} ${noun} failed`] : [];
}
