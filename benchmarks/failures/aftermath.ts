import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { renderMarkdown } from '../../reports/markdown/render.ts';
import type { RunDocument, Trial } from '../../results/document/run-document.ts';
import { readRunFile } from '../../runner/commands/saved-run.ts';
import { messageOf } from '../../runner/errors.ts';
import type { FailureKind } from './kind.ts';
import type { End, VictimRun } from './victim-run.ts';

const expectedFiles = ['run.json', 'report.html', 'run.log.ndjson', 'filler'];

/** What is wrong after a fault; nothing if the run ended as it should. */
export async function wrongAfter(kind: FailureKind, run: VictimRun, end: End): Promise<string[]> {
  const wrong = await run.left();
  if (end.hung) wrong.push('the run hung');
  if (/this is a bug|^ +at /m.test(end.stderr)) wrong.push(`a stack was printed: ${end.stderr}`);
  if (kind.losesResults) return wrong;
  for (const file of readdirSync(run.folder)) {
    const isAllowed =
      expectedFiles.includes(file) || (file.endsWith('.partial') && mayBePartial(kind));
    if (!isAllowed) wrong.push(`file left: ${file}`);
  }
  try {
    const document = await readRunFile(join(run.folder, 'run.json'));
    wrong.push(...contradictions(kind, document, end));
  } catch (error) {
    if (!isBeforeFirstWrite(messageOf(error), end))
      wrong.push(`no results: ${messageOf(error)} (${inWords(end)})`);
  }
  return wrong;
}

/** The next command that writes to the folder removes what a killed one left; a read-only folder stays as it is. */
const mayBePartial = ({ name }: FailureKind) => /read-only|SIGKILL|disk full/.test(name);

/** The run was refused, or ended before its first write. */
const isBeforeFirstWrite = (message: string, { code, signal }: End): boolean =>
  /cannot be read: no such file|is empty/.test(message) && (code !== 0 || signal !== null);

/** The exit status must say the same as the document, and a report must show everything that went wrong. */
function contradictions(kind: FailureKind, document: RunDocument, end: End): string[] {
  const failed = document.trials.filter(({ status }) => status !== 'ok');
  const codes = {
    complete: failed.length > 0 ? [1] : [0, 1],
    failed: [1],
    interrupted: [130],
    running: [1],
  }[document.status];
  // A command that a signal has ended has no status.
  const isRight = end.code === null || codes.includes(end.code);
  const report = renderMarkdown(document);
  const isReported =
    (document.status === 'complete' && failed.length === 0) ||
    /interrupted|failed|had not ended|gave no result|no result/i.test(report);
  const isBlamed = kind.workload !== 'crud' || failed.length === 0 || /database/i.test(report);
  const times = [document, ...document.trials].map(secondsOf);
  const impossible = times.filter((seconds) => seconds < 0 || seconds > mostSeconds);
  return [
    ...(isBlamed ? [] : ['the report does not name the database']),
    ...impossible.map((seconds) => `the document says that something took ${seconds} s`),
    ...(isRight ? [] : [`${inWords(end)} although the run is ${document.status}: ${end.stderr}`]),
    ...(isReported ? [] : [`the report does not say that the run is ${document.status}`]),
  ];
}

/** As long as the victim may take. */
const mostSeconds = 90;

const secondsOf = (one: RunDocument | Trial): number =>
  'wallSeconds' in one
    ? one.wallSeconds
    : (Date.parse(one.finishedAt ?? one.startedAt) - Date.parse(one.startedAt)) / 1000;

const lastCharacters = 200;

export const inWords = ({ code, signal, stderr }: End): string =>
  signal
    ? `ended by ${signal}`
    : `exit status ${code}: ${stderr.trim().slice(-lastCharacters).replaceAll('\n', ' ')}`;
