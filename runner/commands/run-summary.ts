import type { RunDocument, Trial } from '../../results/document/run-document.ts';
import {
  failedOrWrongIn,
  trialsOf,
  valuesByBlock,
  warningsOf,
  windowOf,
} from '../../results/select.ts';
import { spreadOf } from '../../results/statistics/summary.ts';
import type { RunFiles } from '../run/store.ts';

/** Raised by one whenever a script that reads the summary would misread it. */
const schemaVersion = 1;

/** What `bench run --json` prints: a small summary for scripts; run.json holds everything. */
export function summaryForScripts(document: RunDocument, files: RunFiles): string {
  const summary = {
    schemaVersion,
    status: document.status,
    ...files,
    cells: document.plan.workloads.flatMap((workload) =>
      workload.servers.map((server) => ({
        server,
        workload: workload.name,
        ...cellOf(trialsOf(document, { server, workload: workload.name })),
      })),
    ),
  };
  return `${JSON.stringify(summary)}\n`;
}

/** The closed loops of one server under one workload; throughput is null where nothing could be measured. */
function cellOf(trials: readonly Trial[]) {
  const spread = spreadOf(
    valuesByBlock(trials, 'closed', ({ throughputPerSecond }) => throughputPerSecond),
  );
  return {
    closedLoopRequestsPerSecond: spread && {
      median: spread.median,
      lowest: spread.low,
      highest: spread.high,
      blocks: spread.blocks,
    },
    failedRequests: trials
      .flatMap((trial) => windowOf(trial, 'closed') ?? [])
      .reduce((sum, measurement) => sum + failedOrWrongIn(measurement), 0),
    warnings: [...new Set(trials.flatMap(warningTexts))],
  };
}

const warningTexts = (trial: Trial): string[] => [
  ...(trial.status === 'ok' ? [] : [`${trial.status}: ${trial.reason}`]),
  ...warningsOf(trial)
    .filter(({ severity }) => severity !== 'note')
    .map(({ severity, message }) => (severity === 'void' ? `void: ${message}` : message)),
];

/** How many trials failed, with controls counted separately; null when none did. */
export function failuresInWords(trials: readonly Trial[]): string | null {
  const nouns = { comparison: 'trials', control: 'controls' } as const;
  const parts = (['comparison', 'control'] as const).flatMap((purpose) => {
    const all = trials.filter((trial) => trial.purpose === purpose);
    const failed = all.filter(({ status }) => status === 'failed').length;
    return failed > 0 ? [`${failed} of ${all.length} ${nouns[purpose]} failed`] : [];
  });
  return parts.length > 0 ? parts.join(' and ') : null;
}
