import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** One block of a scenario: the figures of each contender, measured in turn. */
const blockSchema = z.record(z.string(), z.record(z.string(), z.number()));

/** All that was read so far, by scenario. */
const readingsSchema = z.record(z.string(), z.array(blockSchema));

export type Block = z.infer<typeof blockSchema>;
export type Readings = z.infer<typeof readingsSchema>;

/** Empty where nothing was kept. */
export async function loadReadings(path: string): Promise<Readings> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  return readingsSchema.parse(JSON.parse(text));
}

export async function keepReadings(path: string, readings: Readings): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(readings, undefined, 1));
}
