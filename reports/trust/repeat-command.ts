import type { RunDocument } from '../../results/run-document.ts';

/** The command that runs the same plan again, in the same order: as it was given, with the seed that was drawn. */
export function repeatCommand({ command, seed }: RunDocument): string {
  const kept = withoutOutput(command);
  const hasSeed = kept.some((word) => word === '--seed' || word.startsWith('--seed='));
  const whole = [...kept, ...(hasSeed ? [] : ['--seed', String(seed)])];
  return `npx ${whole.map(quoted).join(' ')}`;
}

/** Without where the result goes: a folder that holds a run takes no other, and the rest is not of the plan. */
const withoutOutput = (words: readonly string[]): string[] =>
  words.filter(
    (word, index) =>
      !/^--(out|json|open)(=|$)/.test(word) && (index === 0 || words[index - 1] !== '--out'),
  );

/** A word as a POSIX shell reads it back. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
