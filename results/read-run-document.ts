import { z } from 'zod';
import { isReadable } from './distribution.ts';
import { type RunDocument, runDocumentSchema, runDocumentVersion } from './run-document.ts';

/** A text that is not a run document; the message says in a sentence what it is instead. */
export class RunDocumentError extends Error {
  override readonly name = 'RunDocumentError';
}

const headerSchema = z.object({ schema: z.string(), version: z.int().positive() });

/**
 * Reads a run document of any version up to the current one.
 *
 * @throws RunDocumentError when the text is not JSON, not a run document, newer than this version, or damaged
 */
export function readRunDocument(text: string): RunDocument {
  const value = parseJson(text);
  const header = headerSchema.safeParse(value);
  if (!header.success || header.data.schema !== 'concurrency-bench/run') {
    throw new RunDocumentError('it is not a run document of concurrency-bench');
  }
  if (header.data.version > runDocumentVersion) {
    throw new RunDocumentError(
      `it was written by a newer concurrency-bench (document version ${header.data.version}, this one reads up to ${runDocumentVersion}): update to read it`,
    );
  }
  const document = runDocumentSchema.safeParse(value);
  if (document.success) return withReadableHistograms(document.data);
  const [issue] = document.error.issues;
  const place = issue?.path.join('.') || 'the top level';
  throw new RunDocumentError(`it is damaged at ${place}: ${issue?.message ?? 'unknown'}`);
}

function withReadableHistograms(document: RunDocument): RunDocument {
  for (const [index, trial] of document.trials.entries()) {
    for (const { serviceTime, responseTime, sendLag } of trial.measurements) {
      const times = [serviceTime, responseTime, sendLag].filter((one) => one !== null);
      if (!times.every(isReadable)) {
        throw new RunDocumentError(`it is damaged at trials.${index}: a histogram cannot be read`);
      }
    }
  }
  return document;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RunDocumentError('it is not JSON, or was cut off');
  }
}
