import type { RunDocument } from '../../results/run-document.ts';

/** The command that runs the same plan again, in the same order: as it was given, with the seed that was drawn. */
export function repeatCommand({ command, seed }: RunDocument): string {
  const hasSeed = command.some((word) => word === '--seed' || word.startsWith('--seed='));
  return [...command, ...(hasSeed ? [] : ['--seed', String(seed)])].map(quoted).join(' ');
}

/** A word as a POSIX shell reads it back. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
