import type { RunDocument } from '../../../results/document/run-document.ts';

/** The command that runs the same plan again, in the same order: as it was given, with the seed that was drawn. */
export const repeatCommand = (document: RunDocument): string => asTyped(repeatWords(document));

/** The same with an option set to another value. */
export const repeatCommandWith = (document: RunDocument, flag: string, value: string): string =>
  asTyped([...withoutOption(repeatWords(document), flag), flag, value]);

/** Without where the result goes: a folder that holds a run takes no other, and the rest is not of the plan. */
function repeatWords({ command, seed }: RunDocument): string[] {
  const kept = withoutOption(command, '--out').filter((word) => !/^--(json|open)$/.test(word));
  const hasSeed = kept.some((word) => word === '--seed' || word.startsWith('--seed='));
  return hasSeed ? kept : [...kept, '--seed', String(seed)];
}

/** Without an option that takes a value, in either of its spellings. */
const withoutOption = (words: readonly string[], flag: string): string[] =>
  words.filter(
    (word, index) => word !== flag && !word.startsWith(`${flag}=`) && words[index - 1] !== flag,
  );

const asTyped = (words: readonly string[]): string => `npx ${words.map(quoted).join(' ')}`;

/** A word as a POSIX shell reads it back. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
