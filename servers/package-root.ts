import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** The folder of this package's package.json, for the sources and for the compiled files in dist/ alike. */
export const packageRoot = findPackageRoot(import.meta.dirname);

function findPackageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json is missing from the installation');
  return findPackageRoot(parent);
}

/** The folder of a reference's Go or Python sources, which are not copied to dist/. */
export const referenceSources = (...path: readonly string[]): string =>
  join(packageRoot, 'servers', 'references', ...path);

const manifestSchema = z.object({ version: z.string() });

/** The version in a package.json. */
export const packageVersion = (manifest: string): string =>
  manifestSchema.parse(JSON.parse(readFileSync(manifest, 'utf8'))).version;

export const benchVersion = packageVersion(join(packageRoot, 'package.json'));
