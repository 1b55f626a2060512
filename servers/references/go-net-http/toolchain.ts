import { findProgram } from '../../launch/program.ts';
import { PreparationError, readToolOutput } from '../build/tools.ts';

/** As go.mod says. */
const oldestMinor = 24;

const advice = [
  `install Go 1.${oldestMinor} or newer, then run: bench setup`,
  'Debian 13 or newer:  sudo apt-get install golang-go',
  'Fedora:              sudo dnf install golang',
  'macOS:               brew install go',
  'any other:           https://go.dev/dl',
].join('\n');

/** @throws PreparationError unless there is a Go that is new enough */
export async function checkGo(): Promise<void> {
  const go = findProgram('go');
  if (go === undefined) throw new PreparationError('Go is not installed', advice);
  const version = await readToolOutput(go, 'env', 'GOVERSION');
  const [, minor] = /^go1\.([0-9]+)/.exec(version) ?? [];
  if (minor !== undefined && Number(minor) < oldestMinor) {
    throw new PreparationError(`Go is too old (${version})`, advice);
  }
}
