import { z } from 'zod';
import { findProgram } from '../../launch/program.ts';
import { PreparationError, readToolOutput } from '../build/tools.ts';

const oldestMinor = 10;

const question = `
import importlib.util, json, os, shutil, sys, sysconfig
compiler = os.environ.get("CC") or sysconfig.get_config_var("CC") or "gcc"
headers = os.path.join(sysconfig.get_path("include"), "Python.h")
print(json.dumps({
  "version": list(sys.version_info[:3]),
  "venv": bool(importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")),
  "headers": os.path.exists(headers),
  "compiler": shutil.which(compiler.split()[0]) is not None,
}))
`;

const answerSchema = z.object({
  version: z.tuple([z.int(), z.int(), z.int()]),
  venv: z.boolean(),
  headers: z.boolean(),
  compiler: z.boolean(),
});

const advice = [
  'install what uWSGI is compiled with, then run: bench setup',
  'Debian:  sudo apt-get install python3-venv python3-dev build-essential',
  'Fedora:  sudo dnf install python3-devel gcc',
  'macOS:   xcode-select --install; brew install python',
].join('\n');

/** @throws PreparationError unless there is a Python that can make virtual environments and compile uWSGI for itself */
export async function checkPython(): Promise<void> {
  const python = findProgram('python3');
  if (python === undefined) throw new PreparationError('Python is not installed', advice);
  const answer = answerSchema.parse(JSON.parse(await readToolOutput(python, '-c', question)));
  const [major, minor] = answer.version;
  const missing = [
    ...(major === 3 && minor >= oldestMinor ? [] : [`Python 3.${oldestMinor} or newer`]),
    ...(answer.venv ? [] : ["Python's venv and ensurepip modules"]),
    ...(answer.headers ? [] : ["Python's headers (Python.h)"]),
    ...(answer.compiler ? [] : ['a C compiler']),
  ];
  if (missing.length === 0) return;
  const found = `${python} is Python ${answer.version.join('.')}`;
  throw new PreparationError(`missing: ${missing.join(', ')} (${found})`, advice);
}
