import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = fileURLToPath(new URL(`../bin${extname(import.meta.filename)}`, import.meta.url));

/** Programs that start another one with the same file system, so that this very bench can be started. */
const staysHere = new Set(
  'ip nsenter unshare env sudo doas setpriv runuser nice taskset numactl chrt systemd-run'.split(
    ' ',
  ),
);

/**
 * The shell command that starts the agent on the machine of the servers.
 *
 * @param prefix runs a command there, such as `ssh app1`
 * @param bench the command of bench there; by default this bench where the prefix stays on this file system, else the
 *   one on the PATH there
 */
export function agentCommand(prefix: string, bench?: string): string {
  const here = [process.execPath, own].map(quoted).join(' ');
  return `exec ${prefix} ${bench ?? (staysHere.has(programOf(prefix)) ? here : 'bench')} agent`;
}

/** The program of a prefix: `ssh` of `/usr/bin/ssh app1`. */
export const programOf = (prefix: string): string => basename(prefix.trim().split(/\s+/)[0] ?? '');

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
