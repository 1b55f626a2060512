import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder that holds a reference's own sources. They are not compiled to dist/, so code there finds them where
 * they are written: under the package's root.
 */
export function sourceDirectory(name: string): string {
  return join(packageRoot(import.meta.dirname), 'servers', 'references', name);
}

function packageRoot(directory: string): string {
  if (existsSync(join(directory, 'package.json'))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error(`no package.json above ${import.meta.dirname}`);
  return packageRoot(parent);
}
