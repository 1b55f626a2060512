import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { servers } from '../servers/index.ts';
import { packageRoot } from '../servers/package-root.ts';

/** The sources that the conformance tests need, in a folder of their own. */
async function copySources(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'workload-'));
  const ofJest = ['jest.config.js', 'test/environment.js', 'test/slowest-first.js'];
  for (const path of ['package.json', ...ofJest, 'servers', 'workloads']) {
    await cp(join(packageRoot, path), join(folder, path), { recursive: true });
  }
  await symlink(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

async function addWorkload(folder: string): Promise<void> {
  const page = await readFile(join(packageRoot, 'docs/adding-a-workload.md'), 'utf8');
  const [file = '', entry = ''] = [...page.matchAll(/^```ts\n([^]*?)^```$/gm)].map(
    ([, code = '']) => code,
  );
  const registry = join(folder, 'workloads/index.ts');
  const before = await readFile(registry, 'utf8');
  await writeFile(join(folder, 'workloads/primes.ts'), file);
  await writeFile(registry, entry + before.replace('= [', '= [primes, '));
}

test('the workload of docs/adding-a-workload.md passes conformance on all models and on Express', async () => {
  const folder = await copySources();
  try {
    await addWorkload(folder);
    const conformance = [
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      'servers/conformance',
      '--testNamePattern=/primes',
      '--json',
    ];
    const { stdout } = await promisify(execFile)(process.execPath, conformance, { cwd: folder });
    const { testResults }: Results = JSON.parse(stdout);
    const passed = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'passed')
      .map(({ ancestorTitles, title }) => `${ancestorTitles.join()}: ${title}`);
    const hosts = servers.filter(({ serves }) => serves === undefined).map(({ name }) => name);
    const answered = hosts.map(
      (name) => `${name}: /primes is answered byte for byte, with defaults for missing parameters`,
    );
    expect(passed).toEqual(expect.arrayContaining(answered));
    expect(passed).toHaveLength(7 * hosts.length);
  } finally {
    await rm(folder, { recursive: true });
  }
});

interface Results {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly title: string;
      readonly ancestorTitles: readonly string[];
    }[];
  }[];
}
