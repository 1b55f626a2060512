import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { checkGo } from './go-net-http/server.ts';
import { checkPython } from './uwsgi/virtual-environment.ts';

const path = process.env['PATH'];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toolchain-'));
  process.env['PATH'] = folder;
});

afterEach(async () => {
  process.env['PATH'] = path;
  await rm(folder, { recursive: true });
});

/** Puts a program into an otherwise empty PATH that prints one line whatever its arguments. */
async function install(name: string, line: string): Promise<void> {
  const program = join(folder, name);
  await writeFile(program, `#!/bin/sh\necho '${line}'\n`, { mode: 0o755 });
}

test('a missing Go is reported with the install command of each system', async () => {
  await expect(checkGo()).rejects.toMatchObject({
    message: 'Go is not installed',
    advice: expect.stringMatching(
      /apt-get install golang-go[^]*dnf install golang[^]*brew install go/,
    ),
  });
});

test('a Go that is too old is reported with its version', async () => {
  await install('go', 'go1.19.8');
  await expect(checkGo()).rejects.toThrow('Go is too old (go1.19.8)');
});

test('a Go that is new enough is accepted, development versions too', async () => {
  await install('go', 'go1.24.0');
  await expect(checkGo()).resolves.toBeUndefined();
  await install('go', 'devel go1.27-abcdef');
  await expect(checkGo()).resolves.toBeUndefined();
});

test('a Go that does not run is reported with its output', async () => {
  await writeFile(join(folder, 'go'), '#!/bin/sh\necho no toolchain >&2; exit 1\n', {
    mode: 0o755,
  });
  await expect(checkGo()).rejects.toThrow(/go does not run: [^]*no toolchain$/);
});

test('a missing Python is reported with the install command of each system', async () => {
  await expect(checkPython()).rejects.toMatchObject({
    message: 'Python is not installed',
    advice: expect.stringMatching(
      /apt-get install python3-venv python3-dev build-essential[^]*dnf install python3-devel gcc[^]*brew install python/,
    ),
  });
});

test('all missing parts of a Python are reported at once', async () => {
  await install('python3', '{"version":[3,9,2],"venv":false,"headers":false,"compiler":false}');
  await expect(checkPython()).rejects.toThrow(
    "missing: Python 3.10 or newer, Python's venv and ensurepip modules, Python's headers (Python.h), a C compiler",
  );
});

test('Python needs no compiler where nothing is compiled', async () => {
  await install('python3', '{"version":[3,10,0],"venv":true,"headers":false,"compiler":false}');
  await expect(checkPython({ compiles: false })).resolves.toBeUndefined();
  await expect(checkPython()).rejects.toThrow('missing: Python');
});

test('a complete Python is accepted', async () => {
  await install('python3', '{"version":[3,13,1],"venv":true,"headers":true,"compiler":true}');
  await expect(checkPython()).resolves.toBeUndefined();
});
