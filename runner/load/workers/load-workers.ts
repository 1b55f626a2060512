import { setTimeout as delay } from 'node:timers/promises';
import { plural } from '../../../results/format.ts';
import { monotonicMs } from '../../../servers/kit/runtime.ts';
import { addressOf, isLoopback, portIsFree } from '../../../servers/launch/ports.ts';
import { benchVersion } from '../../../servers/package-root.ts';
import { LoadWorkerError, RunError } from '../../errors.ts';
import { readProc } from '../../probes/proc.ts';
import type { Load, LoadProgress, LoadResult } from '../load.ts';
import { runTogether } from '../together.ts';
import type { RunGenerator } from '../warm-generator.ts';
import { locust } from './locust.ts';
import { Member } from './member.ts';
import { readWorkerMessage, toText, type WorkerMessage } from './messages.ts';
import { type MasterAddress, Relay, type RelayLine } from './relay.ts';

const pingMs = 200;
const checkMs = 100;
/** Workers may be started after the run. */
const joinWithinMs = 300_000;
/** A lost worker that is started again, or whose network is back, has this long to come back. */
const returnWithinMs = 30_000;
/** The agreed start must have reached every worker by then; several round trips to be sure. */
const leadMs = 50;
const leadRoundTrips = 3;

/** The load workers that a run needs, and where they find it. */
export interface LoadWorkersPlan extends MasterAddress {
  readonly count: number;
}

export interface LoadWorkersControls {
  readonly signal: AbortSignal;
  /** A worker has joined. */
  readonly onJoined: (member: Member) => void;
  /** Some were lost: the next load waits for them or for others. */
  readonly onMissing?: (missing: { readonly present: number; readonly withinMs: number }) => void;
}

/**
 * Load generators on several machines, which run each load together: each takes its share of the same schedule, from one
 * agreed moment on. Locust carries the messages.
 */
export class LoadWorkers implements RunGenerator {
  /** Those that send are on other machines. */
  readonly pid = null;
  readonly #plan: LoadWorkersPlan;
  readonly #controls: LoadWorkersControls;
  readonly #relay: Relay;
  readonly #listening = Promise.withResolvers<void>();
  readonly #members = new Map<string, Member>();
  readonly #pings: NodeJS.Timeout;
  #isOpen = false;
  #isEnding = false;
  /** Why no load can be run any more; null while one can. */
  #failure: string | null = null;

  private constructor(plan: LoadWorkersPlan, controls: LoadWorkersControls) {
    this.#plan = plan;
    this.#controls = controls;
    this.#relay = new Relay('master', plan, (line) => this.#receive(line));
    void this.#failWithMaster();
    this.#pings = setInterval(() => {
      for (const member of this.#members.values()) member.ping();
    }, pingMs);
  }

  /**
   * Starts Locust's master and waits for the workers.
   * @throws RunError if the master cannot start, or workers are missing after five minutes
   */
  static async open(plan: LoadWorkersPlan, controls: LoadWorkersControls): Promise<LoadWorkers> {
    const found = await locust.probe();
    if (!found.available) {
      throw new RunError(`load workers need Locust: ${found.reason}; ${found.advice}`);
    }
    if (!(await portIsFree(plan.host, plan.port))) {
      throw new RunError(
        `${addressOf(plan)} is taken, perhaps by another run: name another port with --master-bind.`,
      );
    }
    const workers = new LoadWorkers(plan, controls);
    try {
      await workers.#listening.promise;
      await workers.#allPresent(joinWithinMs);
      workers.#isOpen = true;
      return workers;
    } catch (error) {
      await workers.stop();
      throw error;
    }
  }

  async #failWithMaster(): Promise<void> {
    this.#failure ??= `Locust's master ${await this.#relay.ended}`;
    for (const member of this.#members.values()) member.lose('was lost with the master');
    this.#listening.resolve();
  }

  get failure(): string | null {
    return this.#failure;
  }

  async run(load: Load, emit: (event: LoadProgress) => void): Promise<LoadResult> {
    if (this.#failure === null && this.#present.length < this.#plan.count) {
      this.#controls.onMissing?.({ present: this.#present.length, withinMs: returnWithinMs });
    }
    const present = await this.#allPresent(returnWithinMs);
    // A closed loop of fewer connections than workers leaves nothing to the others.
    const members = present.slice(0, load.loop === 'closed' ? load.connections : present.length);
    const elsewhere = members.find(({ onThisMachine }) => !onThisMachine);
    if (elsewhere && isLoopback(load.host)) {
      this.#failure = `${load.host} is not this machine for load worker ${elsewhere.name}: the servers need an address that it reaches, see --server-address`;
      throw new LoadWorkerError(this.#failure);
    }
    const roundTripMs = Math.max(...members.map(({ clock }) => clock?.roundTripMs ?? 0));
    const start = async () => monotonicMs() + leadMs + leadRoundTrips * roundTripMs;
    return runTogether(
      members.map(({ run }) => run),
      load,
      emit,
      start,
    );
  }

  async recover(): Promise<void> {
    await Promise.all([...this.#members.values()].map((member) => member.recover()));
  }

  /** Ends the master. The workers wait for the next run. */
  async stop(): Promise<void> {
    this.#isEnding = true;
    clearInterval(this.#pings);
    await this.#relay.stop();
  }

  get #present(): Member[] {
    return [...this.#members.values()].filter(({ isPresent }) => isPresent);
  }

  /** Of more workers than needed, the others are spare. */
  async #allPresent(withinMs: number): Promise<Member[]> {
    const { count } = this.#plan;
    const endMs = monotonicMs() + withinMs;
    for (;;) {
      if (this.#failure !== null) throw new LoadWorkerError(this.#failure);
      const present = this.#present;
      if (present.length >= count) return present.slice(0, count);
      if (monotonicMs() > endMs) {
        const missing = `only ${present.length} of ${plural(count, 'load worker')} present after ${withinMs / 1000} s`;
        const names = present.map(({ name }) => name).join(', ');
        this.#failure = names === '' ? missing : `${missing}: ${names}`;
      } else await delay(checkMs, undefined, { signal: this.#controls.signal });
    }
  }

  #receive(line: RelayLine): void {
    if (line.type === 'listening') this.#listening.resolve();
    if (line.type === 'left') this.#members.get(line.worker)?.lose('was lost');
    // A worker that the master has let go joins again at once.
    if (line.type !== 'message' || this.#isEnding) return;
    const message = readWorkerMessage(line.body);
    if (message === null) this.#refuse(line.worker, 'it sent what no load worker sends');
    else if (message.type === 'hello') this.#admit(line.worker, message);
    else this.#members.get(line.worker)?.receive(message);
  }

  #refuse(id: string, reason: string): void {
    this.#members.get(id)?.lose(`was refused: ${reason}`);
    this.#relay.send(toText({ type: 'refuse', reason }), id);
  }

  #admit(id: string, hello: Extract<WorkerMessage, { type: 'hello' }>): void {
    if (hello.benchVersion !== benchVersion) {
      const versions = `version ${hello.benchVersion} of bench, and this run ${benchVersion}: install the same`;
      this.#refuse(id, `it has ${versions}`);
      // Nothing is lost yet. Later, whoever joins must not end a run.
      if (!this.#isOpen) this.#failure ??= `load worker ${hello.name} has ${versions}`;
      return;
    }
    // One that was lost, and is back as another process, keeps its name.
    for (const [lostId, { name, isLost }] of this.#members) {
      if (isLost && name === hello.name) this.#members.delete(lostId);
    }
    const taken = new Set([...this.#members.values()].map(({ name }) => name));
    let name = hello.name;
    for (let number = 2; taken.has(name); number++) name = `${hello.name}-${number}`;
    const machine = readProc('sys/kernel/random/boot_id')?.trim();
    const { cpus, openFiles } = hello;
    const facts = { name, cpus, openFiles, onThisMachine: hello.machine === machine };
    const member = new Member(facts, (command) => this.#relay.send(toText(command), id));
    this.#members.set(id, member);
    member.ping();
    this.#controls.onJoined(member);
  }
}
