import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

let source: string | undefined;

/** chart.js as one script for a page. It is found where Node finds the package, so from source and from dist alike. */
export function chartLibrary(): string {
  source ??= readFileSync(
    join(dirname(createRequire(import.meta.url).resolve('chart.js')), 'chart.umd.js'),
    'utf8',
  ).replace(/\n\/\/# sourceMappingURL=.*\s*$/, '');
  return source;
}
