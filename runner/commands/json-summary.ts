import { cellsOf } from '../../results/cells.ts';
import type { RunDocument } from '../../results/document/run-document.ts';
import type { RunFiles } from '../run/store.ts';

/** What `bench run --json` prints: a stable, small summary for scripts. Medians over blocks; null where nothing was measured. */
export function jsonSummary(document: RunDocument, files: RunFiles) {
  return {
    ...files,
    cells: cellsOf(document).map((cell) => ({
      model: cell.server,
      workload: cell.workload,
      throughputPerSecond: cell.throughputPerSecond?.median ?? null,
      p50Ms: cell.serviceTime?.p50Ms ?? null,
      p99Ms: cell.serviceTime?.p99Ms ?? null,
      errors: cell.failedRequests,
      warnings: cell.warnings,
    })),
  };
}
