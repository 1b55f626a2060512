import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../servers/launch/program.ts';

const program = join(import.meta.dirname, 'switch.py');

/** Why no network can be made here; null where it can. */
export function whyNoNetwork(): string | null {
  if (process.getuid?.() !== 0) return 'only root makes network namespaces';
  if (!existsSync('/dev/net/tun')) return 'there is no /dev/net/tun';
  const missing = ['ip', 'python3'].find((name) => findProgram(name) === undefined);
  return missing === undefined ? null : `${missing} is not installed`;
}

/** Machines on one network, each a network namespace; frames between them take a while. */
export class Network {
  readonly #namespaces: ReadonlyMap<string, string>;
  readonly #switch: ChildProcess;

  private constructor(namespaces: ReadonlyMap<string, string>, started: ChildProcess) {
    this.#namespaces = namespaces;
    this.#switch = started;
  }

  /** @param delayMs of a frame on its way from one host to another */
  static async create(hosts: readonly string[], delayMs: number): Promise<Network> {
    const namespaces = new Map(hosts.map((host) => [host, `bench-${process.pid}-${host}`]));
    for (const name of namespaces.values()) ip('netns', 'add', name);
    const words = [program, String(delayMs), ...namespaces.values()];
    const started = spawn('python3', words, { stdio: ['pipe', 'pipe', 'inherit'] });
    const network = new Network(namespaces, started);
    await once(started.stdout, 'data');
    for (const [host, name] of namespaces) {
      ip('-n', name, 'addr', 'add', `${network.addressOf(host)}/24`, 'dev', 'eth0');
      for (const link of ['lo', 'eth0']) ip('-n', name, 'link', 'set', link, 'up');
    }
    return network;
  }

  /** Of documentation's range: no real network has it. */
  addressOf(host: string): string {
    return `192.0.2.${[...this.#namespaces.keys()].indexOf(host) + 1}`;
  }

  /** The command that runs another one on a host. */
  on(host: string): readonly [string, ...string[]] {
    return ['ip', 'netns', 'exec', this.#namespaces.get(host) ?? host];
  }

  /** Pulls the cable of a host for a while. */
  cut(host: string, seconds: number): void {
    this.#switch.stdin?.write(`${this.#namespaces.get(host)} ${seconds}\n`);
  }

  async destroy(): Promise<void> {
    const ended = once(this.#switch, 'exit');
    this.#switch.stdin?.end();
    await ended;
    for (const name of this.#namespaces.values()) ip('netns', 'delete', name);
  }
}

function ip(...words: string[]): void {
  execFileSync('ip', words);
}
