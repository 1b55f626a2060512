import type { Server as NetServer } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { z } from 'zod';
import { customServer } from '../../servers/custom.ts';
import { servers } from '../../servers/index.ts';
import { LaunchError } from '../../servers/launch/launch.ts';
import { launchMark } from '../../servers/launch/launched-processes.ts';
import { benchVersion } from '../../servers/package-root.ts';
import { examineServerMachine, examineServers } from '../doctor/examine.ts';
import { findByName } from '../plan/flag-values.ts';
import type { ServerProbe } from '../probes/server-window.ts';
import { readMachineFacts } from './facts.ts';
import { readLines } from './lines.ts';
import { localMachine } from './local-machine.ts';
import {
  type Method,
  methods,
  mostSilentPings,
  pingEveryMs,
  type Reply,
  requestSchema,
  type ServerSpec,
} from './protocol.ts';
import { openPort } from './round-trip.ts';
import type { ServerToStart, StartedServer } from './server-machine.ts';

/** A server that was started, or is being started, for the runner. */
interface Launched {
  readonly cancel: AbortController;
  readonly started: Promise<StartedServer>;
  readonly windows: Map<number, Promise<ServerProbe>>;
}

/**
 * Starts and probes servers of this machine for a runner on another one. Ends them when the runner is gone: when the input
 * ends, or nothing was heard for a while.
 */
export async function runAgent(
  input: Readable,
  output: Writable,
  everyMs = pingEveryMs,
): Promise<void> {
  // What this process starts belongs to launches of its own.
  delete process.env[launchMark];
  const facts = await readMachineFacts();
  const machine = localMachine(facts.environment);
  let portToTry: NetServer | undefined;
  const launches = new Map<number, Launched>();
  const launched = (id: number): Launched => {
    const found = launches.get(id);
    if (!found) throw new Error(`no server ${id} was started`);
    return found;
  };
  const processes = async (id: number) => (await launched(id).started).processes;
  const send = (reply: Reply) => void output.write(`${JSON.stringify(reply)}\n`);

  const handlers = new Map([
    handle(methods.facts, async () => facts),
    handle(methods.examine, async () => {
      const { machine: inWords, findings } = await examineServerMachine();
      return { machine: inWords, findings: [...findings], servers: await examineServers() };
    }),
    handle(methods.ping, async () => ({ wallMs: Date.now() })),
    handle(methods.probe, (spec) => serverOf(spec).probe()),
    handle(methods.launch, async ({ id, server, cpus, ...request }) => {
      const cancel = new AbortController();
      const started = machine.launch(serverOf(server), {
        ...request,
        ...(cpus && { cpus }),
        signal: cancel.signal,
      });
      launches.set(id, { cancel, started, windows: new Map() });
      const { url, exited } = await started;
      void exited.then(({ code, signal }) => send({ type: 'exited', id, code, signal }));
      return { url };
    }),
    handle(methods.stop, ({ id }) => stop(launched(id))),
    handle(methods.outputTail, async ({ id }) => (await launched(id).started).outputTail()),
    handle(methods.comesToRest, async ({ id, longestWaitMs }) =>
      (await processes(id)).comesToRest(longestWaitMs),
    ),
    handle(methods.measureIdle, async ({ id }) => (await processes(id)).measureIdle()),
    handle(methods.readMemory, async ({ id }) => (await processes(id)).readMemoryBytes()),
    handle(methods.readCpu, async ({ id }) => {
      const snapshot = await (await processes(id)).readCpu();
      return (
        snapshot && {
          ...snapshot,
          processes: [...snapshot.processes],
          threads: Object.fromEntries(snapshot.threads),
        }
      );
    }),
    handle(methods.openWindow, async ({ id, window }) => {
      const probe = processes(id).then((of) => of.probeWindow());
      launched(id).windows.set(window, probe);
      await probe;
      return null;
    }),
    handle(methods.startWindow, async ({ id, window }) => {
      (await launched(id).windows.get(window))?.start();
      return null;
    }),
    handle(methods.stopWindow, async ({ id, window }) => {
      (await launched(id).windows.get(window))?.stop();
      return null;
    }),
    handle(methods.readWindow, async ({ id, window }) => {
      const probe = await launched(id).windows.get(window);
      if (!probe) throw new Error(`window ${window} was not opened`);
      launched(id).windows.delete(window);
      const { cpuSamples, loopDelays, ...readings } = await probe.readings();
      return { ...readings, cpuSamples: [...cpuSamples], loopDelays: [...loopDelays] };
    }),
    handle(methods.openPort, async ({ host }) => {
      const { port, server } = await openPort(host);
      portToTry = server;
      return { port };
    }),
    handle(methods.closePort, async () => {
      portToTry?.close();
      return null;
    }),
    handle(methods.probeNoise, ({ block }) => machine.probeNoise(block)),
    handle(methods.sampleBusyCores, () => machine.sampleBusyCores(new AbortController().signal)),
  ]);

  const answer = async (line: string) => {
    const { number, method, params } = requestSchema.parse(JSON.parse(line));
    try {
      const handler = handlers.get(method);
      if (!handler) throw new Error(`unknown method ${method}`);
      send({ type: 'result', number, result: await handler(params) });
    } catch (error) {
      const failure = error instanceof LaunchError ? error.failure : null;
      const message = error instanceof Error ? error.message : String(error);
      send({ type: 'error', number, message, failure });
    }
  };

  const gone = Promise.withResolvers<void>();
  let silentPings = 0;
  const silence = setInterval(() => {
    silentPings += 1;
    if (silentPings >= mostSilentPings) gone.resolve();
  }, everyMs);
  readLines(input, (line) => {
    silentPings = 0;
    void answer(line);
  });
  input.once('close', gone.resolve);
  input.once('error', gone.resolve);
  send({ type: 'ready', version: benchVersion });
  await gone.promise;
  clearInterval(silence);
  await Promise.allSettled([...launches.values()].map(stop));
}

/** A method by its name, with its parameters checked. */
const handle = <Params extends z.ZodType, Result extends z.ZodType>(
  { name, params }: Method<Params, Result>,
  work: (params: z.output<Params>) => Promise<z.input<Result>>,
): [string, (params: unknown) => Promise<unknown>] => [
  name,
  async (raw) => work(params.parse(raw)),
];

async function stop({ cancel, started }: Launched): Promise<null> {
  cancel.abort();
  const server = await started.catch(() => null);
  await server?.stop();
  return null;
}

function serverOf({ name, shownAs, commandLine, readyPath }: ServerSpec): ServerToStart {
  if (commandLine === null) {
    return { ...findByName('model', servers, name), name: shownAs };
  }
  return customServer({
    name: shownAs,
    commandLine,
    ...(readyPath !== undefined && { readyPath }),
  });
}
