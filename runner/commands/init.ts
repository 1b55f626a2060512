import { writeFile } from 'node:fs/promises';
import { systemErrorInWords } from '../../servers/launch/diagnostics.ts';
import { presentFiles } from '../config/config-file.ts';
import { template } from '../config/template.ts';
import { UsageError } from '../errors.ts';

const name = 'bench.config.yaml';

/** `bench init`: writes a configuration file with comments. */
export async function init(): Promise<void> {
  const [present] = presentFiles();
  if (present !== undefined) {
    throw new UsageError(`${present} is here already: change it, or remove it first.`);
  }
  try {
    await writeFile(name, template, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${name} cannot be written: ${systemErrorInWords(error)}.`);
  }
  process.stdout.write(`${name} is written: fill in your server, then try bench run --dry-run\n`);
}
