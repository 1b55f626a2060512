import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { exitInWords, keepOutputTail } from '../../../servers/launch/diagnostics.ts';
import { withoutSecrets } from '../../../servers/launch/environment.ts';
import { relayCommand } from './locust.ts';

/** A line that the relay prints; what workers and run send to each other is text for it. */
const lineSchema = z.discriminatedUnion('type', [
  /** Of a master: workers may come. */
  z.object({ type: z.literal('listening') }),
  z.object({ type: z.literal('joined'), worker: z.string() }),
  /** It ended, or has sent no heartbeat for three seconds; in the second case it may join again. */
  z.object({ type: z.literal('left'), worker: z.string() }),
  z.object({ type: z.literal('message'), worker: z.string().default(''), body: z.string() }),
  /** Of a worker: it has found the master. */
  z.object({ type: z.literal('connected') }),
]);

export type RelayLine = z.infer<typeof lineSchema>;

/** Where the master listens. */
export interface MasterAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Locust as master or worker, in a process of its own, which carries messages between a run and its load workers. It ends
 * with this process: its standard input closes.
 */
export class Relay {
  readonly #child: ChildProcess;
  /** Why it ended, as a clause. */
  readonly ended: Promise<string>;

  constructor(
    role: 'master' | 'worker',
    { host, port }: MasterAddress,
    onLine: (line: RelayLine) => void,
  ) {
    const [program, ...words] = relayCommand(role, host, String(port));
    const child = spawn(program, words, {
      env: { ...withoutSecrets(process.env), PYTHONDONTWRITEBYTECODE: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true, // Ctrl-C is for the runner, which decides what happens
    });
    this.#child = child;
    child.stdin.on('error', () => {}); // it has ended, which is reported below
    const outputTail = keepOutputTail(child.stderr);
    createInterface(child.stdout).on('line', (line) => onLine(lineSchema.parse(JSON.parse(line))));
    this.ended = once(child, 'close').then(
      () => {
        const exit = { code: child.exitCode, signal: child.signalCode };
        const output = outputTail().trim();
        return `${exitInWords(exit)}${output && `; its last output:\n${output}`}`;
      },
      (error: unknown) => `could not start: ${String(error)}`,
    );
  }

  /** @param worker for whom it is; a worker sends to the master alone */
  send(body: string, worker = ''): void {
    this.#child.stdin?.write(`${JSON.stringify({ worker, body })}\n`);
  }

  /** Lets it say goodbye; one that does not end by itself is killed. */
  async stop(): Promise<void> {
    this.#child.stdin?.end();
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), 2000);
    await this.ended;
    clearTimeout(kill);
  }
}
