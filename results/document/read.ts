import { z } from 'zod';
import { contradictionIn } from './integrity.ts';
import { type RunDocument, runDocumentSchema, runDocumentVersion } from './run-document.ts';
import { RunDocumentError } from './run-document-error.ts';
import { withRunLog } from './run-log.ts';
import { upgradeFirstVersion } from './upgrade.ts';

const headerSchema = z.looseObject({ schema: z.string(), version: z.int().positive() });

/**
 * Reads a run document of any version up to the current one.
 *
 * @param log the log beside the document, with the trials of a run that has not ended or was killed; null if there is
 * none
 * @throws RunDocumentError when the text is not JSON, not a run document, newer than this version or damaged, or when
 * its parts contradict each other
 */
export function readRunDocument(text: string, log: string | null = null): RunDocument {
  const { data: header } = headerSchema.safeParse(parseJson(text));
  if (header?.schema !== 'concurrency-bench/run') {
    throw new RunDocumentError('it is not a run document of concurrency-bench');
  }
  if (header.version > runDocumentVersion) {
    throw new RunDocumentError(
      `it was written by a newer concurrency-bench (document version ${header.version}, this one reads up to ${runDocumentVersion}): update to read it`,
    );
  }
  const isLogged = header['status'] === 'running' && log !== null;
  const whole = isLogged ? withRunLog(header, log) : header;
  const document = runDocumentSchema.safeParse(
    header.version === 1 ? upgradeFirstVersion(whole) : whole,
  );
  if (!document.success) {
    const [issue] = document.error.issues;
    const place = issue?.path.join('.') || 'the top level';
    throw new RunDocumentError(`it is damaged at ${place}: ${issue?.message ?? 'unknown'}`);
  }
  const contradiction = contradictionIn(document.data);
  if (contradiction !== null) throw new RunDocumentError(`it contradicts itself: ${contradiction}`);
  return document.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RunDocumentError('it is not JSON, or was cut off');
  }
}
