import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../../runner/files.ts';

/** Where outcomes are kept, so that a program which was stopped goes on where it was. */
export const keptIn = 'runs/trust';

const sameServer = z.object({
  seed: z.int(),
  blocks: z.int(),
  /** Comparisons that gave a verdict. */
  comparisons: z.int(),
  falselyFaster: z.int(),
  equivalent: z.int(),
  indistinguishable: z.int(),
  notMeasured: z.int(),
  /** The false verdicts, in words. */
  sentences: z.array(z.string()),
});

const slowerServer = z.object({
  seed: z.int(),
  blocks: z.int(),
  toldApart: z.boolean(),
  throughput: z.string(),
  responseTime: z.string(),
  wallSeconds: z.number(),
});

const watchedRun = z.object({
  name: z.string(),
  what: z.string(),
  /** Any of these shows that the fault was seen; none for a clean run. */
  expected: z.array(z.string()),
  /** Codes of severity warn or void, and failed trials. */
  flagged: z.array(z.string()),
  messages: z.array(z.string()),
});

/** What each program found so far. */
const outcomesSchema = z.object({
  machine: z.string().default(''),
  sameServer: z.array(sameServer).default([]),
  slowerServer: z.array(slowerServer).default([]),
  faults: z.array(watchedRun).default([]),
  cleanRuns: z.array(watchedRun).default([]),
});

export type Outcomes = z.infer<typeof outcomesSchema>;
export type SameServer = z.infer<typeof sameServer>;
export type SlowerServer = z.infer<typeof slowerServer>;
export type WatchedRun = z.infer<typeof watchedRun>;

const path = join(keptIn, 'outcomes.json');

export async function loadOutcomes(): Promise<Outcomes> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  return outcomesSchema.parse(JSON.parse(text));
}

export async function keepOutcomes(outcomes: Outcomes): Promise<void> {
  await writeAtomically(path, `${JSON.stringify(outcomes, null, 1)}\n`);
}
