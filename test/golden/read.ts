import { readFileSync } from 'node:fs';
import { readRunDocument } from '../../results/document/read.ts';
import type { RunDocument } from '../../results/document/run-document.ts';

export const goldenNames = [
  'full',
  'single',
  'references',
  'fidelity',
  'troubled',
  'empty',
] as const;

/** A golden run document, see make.ts. */
export function golden(name: (typeof goldenNames)[number]): RunDocument {
  return readRunDocument(readFileSync(new URL(`fixture-${name}.json`, import.meta.url), 'utf8'));
}
