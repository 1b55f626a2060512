import { z } from 'zod';
import { type RunDocument, runDocumentSchema } from './run-document.ts';
import { RunDocumentError } from './run-document-error.ts';

/** What a run adds to its document step by step; each line of its log is one addition, as JSON. */
export const runAdditionsSchema = runDocumentSchema
  .pick({
    calibratedRequests: true,
    pilots: true,
    noiseProbes: true,
    disturbances: true,
    trials: true,
    traces: true,
  })
  .partial();

export type RunAdditions = z.infer<typeof runAdditionsSchema>;

/** Adds to a document in place: the cost does not grow with the run. */
export function addToDocument(document: RunDocument, additions: RunAdditions): void {
  document.calibratedRequests.push(...(additions.calibratedRequests ?? []));
  document.pilots.push(...(additions.pilots ?? []));
  document.noiseProbes.push(...(additions.noiseProbes ?? []));
  document.disturbances.push(...(additions.disturbances ?? []));
  document.trials.push(...(additions.trials ?? []));
  document.traces.push(...(additions.traces ?? []));
}

const names = runAdditionsSchema.keyof();
const lineSchema = z.partialRecord(names, z.array(z.unknown()));

/**
 * A run document with the additions of its log, both not yet validated. A last line without a line break is ignored:
 * the run was killed while writing it.
 *
 * @throws RunDocumentError that names the first damaged line
 */
export function withRunLog(document: object, log: string): object {
  const additions = log.split('\n').slice(0, -1).map(parseLine);
  const before = new Map<string, unknown>(Object.entries(document));
  const arrays = names.options.map((name) => {
    const found = before.get(name);
    const added = additions.flatMap((line) => line[name] ?? []);
    return [name, Array.isArray(found) ? [...found, ...added] : added];
  });
  return { ...document, ...Object.fromEntries(arrays) };
}

function parseLine(line: string, index: number) {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    throw new RunDocumentError(`line ${index + 1} of its log is damaged`);
  }
}
