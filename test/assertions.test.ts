import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { packageRoot } from '../servers/package-root.ts';
import { bench, newFolder } from './bench.ts';
import { golden } from './golden/documents.ts';

describe('a saved run', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await newFolder();
    await writeFile(join(folder, 'run.json'), JSON.stringify(golden('full')));
  });
  const judged = (...flags: string[]) =>
    bench(['report', 'run.json', '--format', 'markdown', ...flags], folder);

  const holds = 'pool/event-loop throughput on cpu > 1.5';
  const doesNot = 'event-loop throughput on cpu > 900/s';
  const cannotTell = 'pool p99.9 on io < 80ms';

  test('that an assertion holds for ends with status 0, and says what was measured', async () => {
    const { code, stdout, stderr } = await judged('--assert', holds);
    expect(stdout).toMatch(
      /^report\.md\n✓ passed {3}pool\/event-loop throughput on cpu > 1\.5: [\d.]+× \(95 %/,
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  test('that an assertion does not hold for ends with status 3', async () => {
    const { code, stdout, stderr } = await judged('--assert', holds, '--assert', doesNot);
    expect(stdout).toMatch(/^✗ failed {3}event-loop throughput on cpu > 900\/s: \d+ requests\/s/m);
    expect(stderr).toBe('bench: of 2 assertions, 1 failed.\n');
    expect(code).toBe(3);
  });

  test('that does not show whether an assertion holds ends with status 0', async () => {
    const { code, stdout } = await judged('--assert', cannotTell);
    expect(stdout).toMatch(
      /^\? unclear {2}pool p99\.9 on io < 80ms: a block has only .* requests/m,
    );
    expect(code).toBe(0);
  });

  test('is not judged by an assertion that cannot be read: a mark shows the place', async () => {
    const { code, stderr } = await judged('--assert', 'pool p98 on cpu < 80ms');
    expect(stderr).toMatch(
      /^bench: --assert: "p98" is not a metric\. .*\n {2}pool p98 on cpu < 80ms\n {7}\^\n$/,
    );
    expect(code).toBe(2);
  });
});

test('two saved runs are judged by new/base: exit status 3, in text, Markdown, JSON and HTML', async () => {
  const folder = await newFolder();
  const slower = golden('full');
  for (const trial of slower.trials) {
    if (trial.server !== 'pool' || trial.workload !== 'cpu') continue;
    for (const measurement of trial.measurements) measurement.throughputPerSecond *= 0.8;
  }
  await writeFile(join(folder, 'base.json'), JSON.stringify(golden('full')));
  await writeFile(join(folder, 'new.json'), JSON.stringify(slower));
  const compared = (...flags: string[]) =>
    bench(['compare', 'base.json', 'new.json', ...flags], folder);
  const fails = 'new/base throughput of pool on cpu > 0.95';

  const { code, stdout, stderr } = await compared('--assert', fails, '--out', 'page.html');
  expect(stdout).toMatch(/^✗ failed {3}new\/base throughput of pool on cpu > 0\.95: 0\.80/m);
  expect(stderr).toBe('bench: of 1 assertion, 1 failed.\n');
  expect(code).toBe(3);
  expect(await readFile(join(folder, 'page.html'), 'utf8')).toContain('✗ failed');
  const holds = await compared('--assert', 'new/base throughput of pool on cpu > 0.5', '--json');
  expect(JSON.parse(holds.stdout)).toMatchObject({ assertions: [{ outcome: 'passed' }] });
  expect(holds.code).toBe(0);
  const unclear = ['--assert', 'new/base p99.9 of pool on cpu < 2'];
  expect((await compared(...unclear, '--format', 'markdown')).stdout).toContain('- ? unclear: ');
  expect((await compared(...unclear, '--strict')).code).toBe(3);
  const misspelt = await compared('--assert', 'pool throughput on cpu > 2');
  expect(misspelt.stderr).toContain('--assert: two runs are compared by new/base, not "pool".');
  expect(misspelt.code).toBe(2);
});

test('a run keeps its assertions, shows them and ends with status 3', async () => {
  const folder = await newFolder();
  const text = 'event-loop p99.9 < 9s';
  const args = ['run', '--quick', '--model', 'event-loop', '--workload', 'io?ms=1'].concat(
    ['--blocks', '1', '--duration', '200ms', '--connections', '2', '--rate', '20', '--out', '.'],
    ['--json', '--assert', text, '--strict'],
  );
  const { code, stdout, stderr } = await bench(args, folder);
  expect(JSON.parse(stdout)).toMatchObject({
    assertions: [{ assertion: text, outcome: 'unclear', value: null }],
  });
  expect(stderr).toContain('bench: of 1 assertion, 1 unclear.\n');
  expect(code).toBe(3);
  const again = await bench(['report', 'run.json', '--format', 'markdown', '--out', '-'], folder);
  expect(again.stdout).toContain('- ? unclear: event-loop p99.9 \\< 9s: ');
});

test('the sample run is judged as docs/assertions.md shows', async () => {
  const page = await readFile(join(packageRoot, 'docs/assertions.md'), 'utf8');
  const [, example = ''] = /```text\n\$ bench report([\s\S]*?)```/.exec(page) ?? [];
  const assertions = [...example.matchAll(/--assert '(.*)'/g)].map(([, claim = '']) => claim);
  const shown = example.slice(example.indexOf('✓'));
  const folder = await newFolder();
  await copyFile(join(packageRoot, 'docs/sample/run.json'), join(folder, 'run.json'));
  const { stdout, stderr } = await bench(
    ['report', 'run.json', '--format', 'markdown'].concat(
      assertions.flatMap((claim) => ['--assert', claim]),
    ),
    folder,
  );
  expect(stdout + stderr).toBe(`report.md\n${shown}`);
});
