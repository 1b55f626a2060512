import type { RunDocument } from '../../results/document/run-document.ts';

/** The command that repeats a run in the same order: as it was typed, with the seed that was drawn. */
export const repeatCommand = (document: RunDocument): string => asTyped(repeatWords(document));

/** The command that repeats a run, with one option changed. */
export const repeatCommandWith = (document: RunDocument, flag: string, value: string): string =>
  asTyped([...withoutOption(repeatWords(document), flag), flag, value]);

/** Leaves out `--out`, whose folder already holds a run, and the flags that are no part of the plan. */
function repeatWords({ command, seed }: RunDocument): string[] {
  const kept = withoutOption(command, '--out').filter((word) => !/^--(json|open)$/.test(word));
  const hasSeed = kept.some((word) => word === '--seed' || word.startsWith('--seed='));
  return hasSeed ? kept : [...kept, '--seed', String(seed)];
}

/** Leaves out an option with its value, as `--flag value` or `--flag=value`. */
const withoutOption = (words: readonly string[], flag: string): string[] =>
  words.filter(
    (word, index) => word !== flag && !word.startsWith(`${flag}=`) && words[index - 1] !== flag,
  );

const asTyped = (words: readonly string[]): string => `npx ${words.map(quoted).join(' ')}`;

/** A word as a POSIX shell reads it back. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
