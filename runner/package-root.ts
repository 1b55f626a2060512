import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of our package.json, whether we run from the sources or from what was built from them. */
export const packageRoot = findPackageRoot(import.meta.dirname);

function findPackageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json is missing from the installation');
  return findPackageRoot(parent);
}
