import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { mergeDistributions } from '../../results/document/distribution.ts';
import type { Distribution, RunDocument } from '../../results/document/run-document.ts';
import { trialsOf, usableTimes, type WindowName } from '../../results/select.ts';
import { fileNamePart, type ReportFile } from '../report-file.ts';

const windows: readonly WindowName[] = ['closed', 'shared', 'alone', 'proportional'];
const ticksPerHalfDistance = 5;
const microsPerMs = 1000;

/**
 * HdrHistogram percentile files in ms, as its plotter reads them: one for each server, workload, window and request
 * class, with all blocks merged.
 */
export function renderHgrm(document: RunDocument): ReportFile[] {
  const files = document.plan.workloads.flatMap((workload) =>
    workload.servers.flatMap((server) => {
      const trials = trialsOf(document, { server, workload: workload.name });
      return windows.flatMap((window) =>
        workload.classes.flatMap(({ name }) => {
          const times = usableTimes(trials, window, name);
          const load = window === 'closed' ? 'closed' : `open-${window}`;
          const parts = [server, workload.name, name, load].map(fileNamePart);
          if (times.length === 0) return [];
          const content = percentileFile(mergeDistributions(times));
          return [{ name: `${parts.join('.')}.hgrm`, content }];
        }),
      );
    }),
  );
  return withDistinctNames(files);
}

/** Lines that start with # are comments in this format. */
function percentileFile({ histogram, count }: Distribution): string {
  const recorded = decodeFromCompressedBase64(histogram);
  const unanswered = count - recorded.totalCount;
  const note = unanswered > 0 ? `#[Unanswered requests, not in this file = ${unanswered}]\n` : '';
  return `${recorded.outputPercentileDistribution(ticksPerHalfDistance, microsPerMs)}${note}`;
}

/** Numbers the names that became equal when unsafe characters were replaced. */
function withDistinctNames(files: readonly ReportFile[]): ReportFile[] {
  const seen = new Map<string, number>();
  return files.map(({ name, content }) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { name: times === 1 ? name : name.replace(/\.hgrm$/, `.${times}.hgrm`), content };
  });
}
