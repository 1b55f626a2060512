import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { availableCpus } from '../../runner/probes/cpus.ts';
import { referenceSources } from '../../servers/package-root.ts';
import { runTool } from '../../servers/references/build/tools.ts';

/** The Go server with a different order of its work. */
export interface Variant {
  readonly name: string;
  readonly about: string;
  readonly command: string;
}

/**
 * Compiles the Go server with computations that take turns.
 *
 * @returns the variants, and the folder that holds them, to be deleted at the end
 */
export async function buildVariants(): Promise<{ variants: Variant[]; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'go-order-'));
  await cp(referenceSources('go-net-http'), folder, { recursive: true });
  await cp(join(import.meta.dirname, 'turns.go'), join(folder, 'turns.go'));
  const work = join(folder, 'work.go');
  // turns.go declares a `compute` that calls the server's own under this name.
  const renamed = (await readFile(work, 'utf8')).replace('func compute(', 'func computeInTurn(');
  await writeFile(work, renamed);
  const program = join(folder, 'program');
  await runTool('go', ['build', '-o', program, '.'], folder);

  const cpus = availableCpus();
  const inOrder = `computations in the order of arrival, ${cpus} at a time`;
  const command = (computations: number, processors: number) =>
    `COMPUTE_AT_ONCE=${computations} WORKERS=${processors} ${program}`;
  const variants = [
    { name: 'spare-p', about: `GOMAXPROCS=${cpus + 1}`, command: command(1_000_000, cpus + 1) },
    { name: 'in-order', about: inOrder, command: command(cpus, cpus) },
    { name: 'in-order-spare-p', about: 'both', command: command(cpus, cpus + 1) },
  ];
  return { variants, folder };
}
