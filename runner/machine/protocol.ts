import { constants } from 'node:os';
import { z } from 'zod';
import { noiseProbeSchema } from '../../results/document/machine.ts';
import { measurementSchema } from '../../results/document/measurement.ts';
import { launchFailures } from '../../servers/launch/launch-error.ts';
import { machineFactsSchema } from './facts.ts';

/*
 * What `bench run` requests from the `bench agent` on the machine of the servers, in lines of JSON. Each side checks what
 * it receives.
 */

/** How often the agent hears from a runner that has nothing else to say. */
export const pingEveryMs = 5_000;
/**
 * After so many of these times without a word, a side takes the connection for lost. Counted rather than timed: a process
 * that was stopped for a while, and continues, must read first what has arrived.
 */
export const mostSilentPings = 6;

const nothing = z.null();
/** Of a server, chosen by the runner. */
const id = z.int().nonnegative();

export interface Method<Params extends z.ZodType, Result extends z.ZodType> {
  readonly name: string;
  readonly params: Params;
  readonly result: Result;
}

const method = <Params extends z.ZodType, Result extends z.ZodType>(
  name: string,
  params: Params,
  result: Result,
): Method<Params, Result> => ({ name, params, result });

/** A server by its name in the registry, or one of the user's own. */
const serverSpecSchema = z.object({
  name: z.string(),
  /** Its name in messages, which may have the number of workers. */
  shownAs: z.string(),
  /** Null for a server of the registry. */
  commandLine: z.string().nullable(),
  readyPath: z.string().nullable().optional(),
});

export type ServerSpec = z.infer<typeof serverSpecSchema>;

const launchSchema = z.object({
  id,
  server: serverSpecSchema,
  host: z.string(),
  workers: z.int().positive(),
  backlog: z.int().positive(),
  cpus: z.array(z.int().nonnegative()).optional(),
  insecure: z.boolean(),
  environment: z.record(z.string(), z.string()),
});

const availabilitySchema = z.discriminatedUnion('available', [
  z.object({ available: z.literal(true), version: z.string() }),
  z.object({ available: z.literal(false), reason: z.string(), advice: z.string() }),
]);

const seconds = z.number();
const schedulerTimes = z.object({ cpuSeconds: seconds, runQueueDelaySeconds: seconds });
const cpuSnapshotSchema = z.object({
  processes: z.array(z.int()),
  /** By thread number. */
  threads: z
    .record(z.string(), schedulerTimes)
    .transform((threads) => new Map(Object.entries(threads))),
  threadCount: z.int(),
  coarseCpuSeconds: seconds,
});

const { server, host, kernel, throttling } = measurementSchema.shape;
const serverReadingsSchema = z.object({
  seconds,
  server,
  host,
  kernel,
  throttling,
  cpuSamples: z.array(z.object({ atSeconds: seconds, cpuSeconds: seconds })),
  loopDelays: z.array(
    z.object({ fromMs: z.number(), untilMs: z.number(), longestMs: z.number().nonnegative() }),
  ),
});

const findingsSchema = z.array(
  z.object({
    subject: z.string(),
    state: z.enum(['good', 'warn', 'bad']),
    found: z.string(),
    advice: z.string().nullable(),
  }),
);
const examinedSchema = z.object({
  machine: z.string(),
  findings: findingsSchema,
  servers: findingsSchema,
});

const ofServer = z.object({ id });
const ofWindow = z.object({ id, window: z.int().nonnegative() });

export const methods = {
  examine: method('examine', nothing, examinedSchema),
  facts: method('facts', nothing, machineFactsSchema),
  ping: method('ping', nothing, z.object({ wallMs: z.number() })),
  probe: method('probe', serverSpecSchema, availabilitySchema),
  launch: method('launch', launchSchema, z.object({ url: z.string() })),
  /** Ends a server, or its launch. */
  stop: method('stop', ofServer, nothing),
  outputTail: method('output-tail', ofServer, z.string()),
  comesToRest: method('comes-to-rest', ofServer.extend({ longestWaitMs: z.number() }), z.boolean()),
  measureIdle: method(
    'measure-idle',
    ofServer,
    z.object({ coresBusy: seconds.nullable(), memoryBytes: z.int().nullable() }).nullable(),
  ),
  readMemory: method('read-memory', ofServer, z.int().nullable()),
  readCpu: method('read-cpu', ofServer, cpuSnapshotSchema.nullable()),
  openWindow: method('open-window', ofWindow, nothing),
  startWindow: method('start-window', ofWindow, nothing),
  stopWindow: method('stop-window', ofWindow, nothing),
  readWindow: method('read-window', ofWindow, serverReadingsSchema),
  /** Accepts connections for a moment, to see whether they come through. */
  openPort: method('open-port', z.object({ host: z.string() }), z.object({ port: z.int() })),
  closePort: method('close-port', nothing, nothing),
  probeNoise: method('probe-noise', z.object({ block: z.int().nonnegative() }), noiseProbeSchema),
  sampleBusyCores: method(
    'sample-busy-cores',
    nothing,
    z.object({ cores: z.number(), seconds: z.number() }),
  ),
} as const;

/** A line to the agent. */
export const requestSchema = z.object({ number: z.int(), method: z.string(), params: z.unknown() });

const signalSchema = z.custom<NodeJS.Signals>(
  (value) => typeof value === 'string' && Object.hasOwn(constants.signals, value),
);

/** A line from the agent: `ready`, then what came of the request of a number, and servers that have ended. */
export const replySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), version: z.string() }),
  z.object({ type: z.literal('result'), number: z.int(), result: z.unknown() }),
  z.object({
    type: z.literal('error'),
    number: z.int(),
    message: z.string(),
    /** Set where a server could not be started. */
    failure: z.enum(launchFailures).nullable(),
  }),
  z.object({
    type: z.literal('exited'),
    id,
    code: z.int().nullable(),
    signal: signalSchema.nullable(),
  }),
]);

export type Reply = z.infer<typeof replySchema>;
