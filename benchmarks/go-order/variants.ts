import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { availableCpus } from '../../runner/probes/cpus.ts';
import { packageRoot, referenceSources } from '../../servers/package-root.ts';
import { runTool } from '../../servers/references/build/tools.ts';

/** The Go server with something else about the order of its work. */
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
  await cp(join(packageRoot, 'benchmarks/go-order/turns.go'), join(folder, 'turns.go'));
  const work = join(folder, 'work.go');
  const renamed = (await readFile(work, 'utf8')).replace('func compute(', 'func computeInTurn(');
  await writeFile(work, renamed); // were it not, the compiler would find two of them
  const program = join(folder, 'program');
  await runTool('go', ['build', '-o', program, '.'], folder);

  const cpus = availableCpus();
  const withTurns = (computations: number, processors: number) =>
    `COMPUTE_AT_ONCE=${computations} WORKERS=${processors} ${program}`;
  const unbounded = 1_000_000;
  const variants = [
    {
      name: 'spare-p',
      about: `GOMAXPROCS one above the ${cpus} CPUs`,
      command: withTurns(unbounded, cpus + 1),
    },
    {
      name: 'in-order',
      about: `computations in the order in which they came, ${cpus} at a time`,
      command: withTurns(cpus, cpus),
    },
    {
      name: 'in-order-spare-p',
      about: 'both',
      command: withTurns(cpus, cpus + 1),
    },
  ];
  return { variants, folder };
}
