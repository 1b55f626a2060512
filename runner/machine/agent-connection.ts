import type { Writable } from 'node:stream';
import type { z } from 'zod';
import { exitInWords, keepOutputTail } from '../../servers/launch/diagnostics.ts';
import { LaunchError } from '../../servers/launch/launch.ts';
import { pipeWarded, settlesWithin } from '../../servers/launch/warden.ts';
import { benchVersion } from '../../servers/package-root.ts';
import type { Exit } from '../../servers/server.ts';
import { messageOf, RunError } from '../errors.ts';
import { agentCommand } from './agent-command.ts';
import { readLines } from './lines.ts';
import {
  type Method,
  methods,
  mostSilentPings,
  pingEveryMs,
  type Reply,
  replySchema,
} from './protocol.ts';

const readyWithinMs = 30_000;
const endsWithinMs = 10_000;

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** The connection to the `bench agent` that a prefix command starts on another machine. */
export class AgentConnection {
  readonly #prefix: string;
  readonly #input: Writable;
  readonly #exited: Promise<void>;
  readonly #pending = new Map<number, Pending>();
  readonly #serverExits = new Map<number, (exit: Exit) => void>();
  readonly #lost = new AbortController();
  readonly #ready = Promise.withResolvers<void>();
  readonly #kill: () => void;
  #isReady = false;
  #silentPings = 0;
  #calls = 0;
  #pinging: NodeJS.Timeout | undefined;

  private constructor(prefix: string, bench: string | undefined) {
    this.#prefix = prefix;
    const { stdin, stdout, stderr, kill, exited } = pipeWarded({
      path: '/bin/sh',
      arguments: ['-c', agentCommand(prefix, bench)],
      environment: process.env,
      workingDirectory: undefined,
    });
    const outputTail = keepOutputTail(stderr);
    this.#input = stdin;
    this.#input.on('error', () => undefined); // the agent has ended, which `exited` reports
    this.#kill = kill;
    readLines(stdout, (line) => this.#read(line));
    this.#ready.promise.then(
      () => (this.#isReady = true),
      () => undefined,
    );
    this.#exited = exited.then(
      (exit) => this.#end(exitInWords(exit), outputTail()),
      (error: unknown) => this.#end(messageOf(error), ''),
    );
  }

  /**
   * @throws RunError if no agent of this version answers
   */
  static async open(prefix: string, bench?: string): Promise<AgentConnection> {
    const connection = new AgentConnection(prefix, bench);
    const { promise } = connection.#ready;
    const answer = promise.catch(() => undefined);
    if (!(await settlesWithin(readyWithinMs, answer))) {
      connection.#lose(notStarted(prefix, `no answer within ${readyWithinMs / 1000} s`));
    }
    try {
      await promise;
    } catch (error) {
      await connection.close();
      throw error;
    }
    connection.#pinging = setInterval(() => void connection.#ping(), pingEveryMs).unref();
    return connection;
  }

  /** Aborted when the connection is lost, with a RunError as the reason. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * @throws LaunchError for a server that cannot be started; RunError for any other failure, or when the connection is lost
   */
  async call<Params extends z.ZodType, Result extends z.ZodType>(
    { name, result }: Method<Params, Result>,
    params: z.input<Params>,
  ): Promise<z.output<Result>> {
    this.lost.throwIfAborted();
    this.#calls += 1;
    const number = this.#calls;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(number, { resolve, reject });
    this.#input.write(`${JSON.stringify({ number, method: name, params })}\n`);
    return result.parse(await promise);
  }

  /** Resolves when a server has ended; rejects when the connection is lost. */
  exitOf(id: number): Promise<Exit> {
    const { promise, resolve, reject } = Promise.withResolvers<Exit>();
    promise.catch(() => undefined); // it may fail while nobody waits
    this.#serverExits.set(id, resolve);
    this.lost.addEventListener('abort', () => reject(this.lost.reason), { once: true });
    return promise;
  }

  /** Ends the agent, and with it everything that it started. */
  async close(): Promise<void> {
    clearInterval(this.#pinging);
    this.#input.end();
    if (await settlesWithin(endsWithinMs, this.#exited)) return;
    this.#kill();
    await this.#exited;
  }

  #read(line: string): void {
    const reply = parseReply(line);
    if (!reply) return; // such as a greeting of the other machine's shell
    switch (reply.type) {
      case 'ready':
        this.#welcome(reply.version);
        break;
      case 'exited':
        this.#serverExits.get(reply.id)?.(reply);
        this.#serverExits.delete(reply.id);
        break;
      default: {
        const pending = this.#pending.get(reply.number);
        this.#pending.delete(reply.number);
        if (reply.type === 'result') pending?.resolve(reply.result);
        else pending?.reject(errorFrom(reply));
      }
    }
  }

  /** The agent's prefix has ended. */
  #end(reason: string, output: string): void {
    const tail = output === '' ? '' : `; its last output:\n${output.replaceAll(/^/gm, '  ')}\n`;
    this.#lose(
      this.#isReady ? this.#lossOf(`${reason}${tail}`) : notStarted(this.#prefix, reason + tail),
    );
  }

  #welcome(version: string): void {
    if (version === benchVersion) {
      this.#ready.resolve();
      return;
    }
    const reason = `its version there is ${version}, and ${benchVersion} here. Install the same version on both machines`;
    this.#lose(new RunError(`bench cannot be used with "${this.#prefix}": ${reason}.`));
  }

  async #ping(): Promise<void> {
    if (this.#silentPings >= mostSilentPings) {
      const seconds = (mostSilentPings * pingEveryMs) / 1000;
      this.#lose(this.#lossOf(`no answer for ${seconds} s`));
      this.#kill();
      return;
    }
    this.#silentPings += 1;
    await this.call(methods.ping, null).catch(() => undefined);
    this.#silentPings = 0;
  }

  #lossOf(reason: string): RunError {
    return new RunError(
      `the connection to the machine of the servers, "${this.#prefix}", was lost: ${reason}.`,
    );
  }

  /** Whatever waits for the agent fails. */
  #lose(error: RunError): void {
    this.#ready.reject(error);
    this.#lost.abort(error);
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

const notStarted = (prefix: string, reason: string): RunError =>
  new RunError(
    `bench could not be started with "${prefix}": ${reason}${reason.endsWith('\n') ? '' : '. '}It must be installed there, version ${benchVersion}; --server-bench is its command, if not bench.`,
  );

function parseReply(line: string): Reply | null {
  if (!line.startsWith('{')) return null;
  try {
    return replySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

const errorFrom = ({ message, failure }: Extract<Reply, { type: 'error' }>): Error =>
  failure === null ? new RunError(message) : new LaunchError(failure, message);
