import { z } from 'zod';
import { damagedHistogramIn } from './consistency/histograms.ts';
import { type RunDocument, runDocumentSchema, runDocumentVersion } from './run-document.ts';
import { withRunLog } from './run-log.ts';
import { upgradeFirstVersion } from './upgrade.ts';

/** A text that is not a run document; the message says in a sentence what it is instead. */
export class RunDocumentError extends Error {
  override readonly name = 'RunDocumentError';
}

const headerSchema = z.looseObject({ schema: z.string(), version: z.int().positive() });

/**
 * Reads a run document of any version up to the current one.
 *
 * @param log the log beside it, which has the trials of a run that has not ended, or was killed; null if there is none
 * @throws RunDocumentError when the text is not JSON, not a run document, newer than this version, damaged, or at odds
 * with itself
 */
export function readRunDocument(text: string, log: string | null = null): RunDocument {
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
  const isLogged = header.data['status'] === 'running' && log !== null;
  const whole = isLogged ? withRunLog(header.data, log) : header.data;
  if (whole === null) throw new RunDocumentError('its log is damaged');
  const document = runDocumentSchema.safeParse(
    header.data.version === 1 ? upgradeFirstVersion(whole) : whole,
  );
  if (document.success) {
    const damage = damagedHistogramIn(document.data);
    if (damage !== null) throw new RunDocumentError(damage);
    return document.data;
  }
  const [issue] = document.error.issues;
  if (issue?.code === 'custom')
    throw new RunDocumentError(`it contradicts itself: ${issue.message}`);
  const place = issue?.path.join('.') || 'the top level';
  throw new RunDocumentError(`it is damaged at ${place}: ${issue?.message ?? 'unknown'}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RunDocumentError('it is not JSON, or was cut off');
  }
}
