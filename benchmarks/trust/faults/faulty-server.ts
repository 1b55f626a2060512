import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of one of the faulty servers, or of a handler for the event loop. */
export function faultyServer(name: string): string {
  return fileURLToPath(
    new URL(`../faulty-servers/${name}${extname(import.meta.filename)}`, import.meta.url),
  );
}
