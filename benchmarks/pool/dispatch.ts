import { execFile } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const main = fileURLToPath(
  new URL(`./dispatch-main${extname(import.meta.filename)}`, import.meta.url),
);

const figuresSchema = z.record(z.string(), z.number());

/** What a task costs from asking to having its result, in a process of its own that does nothing else. */
export async function dispatchCost(
  contender: string,
  workers: number,
): Promise<z.infer<typeof figuresSchema>> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    main,
    contender,
    String(workers),
  ]);
  return figuresSchema.parse(JSON.parse(stdout));
}
