import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The absolute path of the executable that a shell would run for this name, or undefined where there is none. */
export function findProgram(name: string, workingDirectory = process.cwd()): string | undefined {
  const candidates = name.includes('/')
    ? [resolve(workingDirectory, name)]
    : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder || '.', name));
  return candidates.map((path) => resolve(path)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
