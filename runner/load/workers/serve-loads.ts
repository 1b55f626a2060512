import { lookup } from 'node:dns/promises';
import { addressOf } from '../../../servers/launch/ports.ts';
import { benchVersion } from '../../../servers/package-root.ts';
import { RunError } from '../../errors.ts';
import { availableCpus } from '../../probes/cpus.ts';
import { readOpenFilesLimit, readProc } from '../../probes/proc.ts';
import { WarmGenerator } from '../warm-generator.ts';
import { LoadServer } from './load-server.ts';
import { fromText, toText, type WorkerMessage, workerCommandSchema } from './messages.ts';
import { type MasterAddress, Relay } from './relay.ts';

/** A run asks for the clock several times a second; one that is silent for so long is gone. */
const runSilentMs = 5000;
const checkMs = 500;

export interface LoadWorkerOptions {
  readonly name: string;
  readonly master: MasterAddress;
  /** Ends the worker. */
  readonly signal: AbortSignal;
  /** Receives each line of progress. */
  readonly report: (line: string) => void;
}

/**
 * Sends the loads of one run after the other, until it is stopped. When a run ends or dies, so does its load, and the
 * worker waits for the next run.
 *
 * @throws RunError when Locust cannot run, or a run refuses this worker
 */
export async function serveLoads(options: LoadWorkerOptions): Promise<void> {
  const { name, master, signal, report } = options;
  const generator = new WarmGenerator({ processes: availableCpus() });
  try {
    while (!signal.aborted) {
      report(
        `load worker ${name} waits for a run at ${addressOf(master)}${await unresolved(master)}`,
      );
      await serveRun(options, generator);
      await generator.recover();
    }
  } finally {
    await generator.stop();
  }
}

/** A name may come to be known later, as that of a container does. */
const unresolved = ({ host }: MasterAddress): Promise<string> =>
  lookup(host).then(
    () => '',
    () => `; there is no host ${host} yet`,
  );

async function serveRun(
  { name, master, signal, report }: LoadWorkerOptions,
  generator: WarmGenerator,
): Promise<void> {
  const over = Promise.withResolvers<'over'>();
  let heardMs: number | null = null;
  const send = (message: WorkerMessage) => relay.send(toText(message));
  const server = new LoadServer(generator, send);
  const relay = new Relay('worker', master, (line) => {
    if (line.type === 'connected') {
      heardMs = performance.now();
      report('joined a run');
      const facts = {
        cpus: availableCpus(),
        openFiles: readOpenFilesLimit(),
        machine: machineId(),
      };
      send({ type: 'hello', name, benchVersion, ...facts });
    } else if (line.type === 'message') {
      heardMs = performance.now();
      const command = workerCommandSchema.parse(fromText(line.body));
      if (command.type === 'refuse') {
        over.reject(new RunError(`the run refuses this load worker: ${command.reason}`));
      } else server.obey(command);
    }
  });
  const end = () => over.resolve('over');
  const check = setInterval(() => {
    if (heardMs !== null && performance.now() - heardMs > runSilentMs) end();
  }, checkMs);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    const ending = await Promise.race([over.promise, relay.ended]);
    if (heardMs === null && ending !== 'over') throw new RunError(`Locust ${ending}`);
    if (heardMs !== null) report('the run has ended');
  } finally {
    clearInterval(check);
    signal.removeEventListener('abort', end);
    await relay.stop();
  }
}

/** Containers and network namespaces of one machine have it in common. */
const machineId = (): string | null => readProc('sys/kernel/random/boot_id')?.trim() ?? null;
