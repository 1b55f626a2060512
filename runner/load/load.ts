import { z } from 'zod';
import { measurementSchema } from '../../results/document/run-document.ts';
import { shareSchema } from './share.ts';

const bodySchema = z.union([z.string(), z.instanceof(Uint8Array)]);

/** A `RequestClass` with all values filled in; a generator sends each class in proportion to its weight, in a seeded order. */
const requestClassSchema = z.object({
  name: z.string(),
  weight: z.number().positive(),
  path: z.string(),
  method: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: bodySchema.optional(),
  expectedStatus: z.int().optional(),
  expectedBody: bodySchema.nullable(),
  expectedText: z.string().optional(),
  /** Requested in turn with the path above. */
  variants: z
    .array(z.object({ path: z.string(), expectedBody: bodySchema.nullable() }))
    .readonly()
    .optional(),
});

const loadBase = z.object({
  host: z.string(),
  port: z.int().positive(),
  /** For HTTPS: whether any certificate is accepted. */
  tls: z.object({ insecure: z.boolean() }).optional(),
  classes: z.array(requestClassSchema).min(1),
  warmupSeconds: z.number().nonnegative(),
  windowSeconds: z.number().positive(),
  /** A request without a response after this time counts as a timeout. */
  timeoutSeconds: z.number().positive(),
  seed: z.int().nonnegative(),
  /** Which of the connections and arrivals below to take, where several generators run the load; all if absent. */
  share: shareSchema.optional(),
});

/** Each connection sends its next request when the last one has been answered. */
const closedLoadSchema = loadBase.extend({
  loop: z.literal('closed'),
  connections: z.int().positive(),
  /**
   * Opens all connections before the first request. A busy Node.js server accepts one connection in each turn of its
   * event loop, and a turn serves every accepted connection: connections that arrive under load may wait for seconds.
   * Not for servers without keep-alive: in some, a connection without a request occupies a worker.
   */
  connectFirst: z.boolean().default(false),
});

/** Requests sent at times fixed beforehand, answered or not. */
const openLoadSchema = loadBase.extend({
  loop: z.literal('open'),
  ratePerSecond: z.number().positive(),
  arrivals: z.enum(['poisson', 'uniform']),
  maxConnections: z.int().positive(),
});

const loadSchema = z.discriminatedUnion('loop', [closedLoadSchema, openLoadSchema]);

/**
 * What a load generator measured. A request belongs to the window if it was sent in it (in an open loop: if it was due in
 * it), and the generator waits for its outcome; a request without a good response ranks above every measured time.
 * Throughput counts the good responses (those with the expected status) that arrived within the window, whenever their
 * requests were sent, with less weight near its ends.
 */
const loadResultSchema = measurementSchema
  .pick({
    requests: true,
    throughputPerSecond: true,
    serviceTime: true,
    responseTime: true,
    windowSeconds: true,
    classes: true,
    sendLag: true,
    connectionsOpened: true,
    connectionLimit: true,
    waitedForConnection: true,
    generatorProcesses: true,
    failures: true,
  })
  .extend({
    /** What generators on other machines used; absent where the runner can see for itself. */
    client: measurementSchema.shape.client.optional(),
    loadWorkers: measurementSchema.shape.loadWorkers.unwrap().optional(),
    intervals: z.array(
      measurementSchema.shape.intervals.element.omit({
        serverCpuSeconds: true,
        eventLoopDelayMs: true,
      }),
    ),
  });

/** The commands that the process of a load generator receives. */
export const generatorCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), load: loadSchema, awaitStart: z.boolean() }),
  /** Begins the load that awaits its start, at a time of the clock that all processes of the machine share. */
  z.object({ type: z.literal('start'), atMs: z.number() }),
  /** Ends the load that awaits its start. */
  z.object({ type: z.literal('cancel') }),
]);

/** What the process of a load generator sends to the runner. */
export const loadEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The load awaits its start. */
  z.object({ type: z.literal('prepared') }),
  z.object({ type: z.literal('window-started') }),
  /** A few times a second; both fields count from the start of the load, or of the window once it has started. */
  z.object({ type: z.literal('progress'), completed: z.int(), elapsedSeconds: z.number() }),
  z.object({ type: z.literal('window-ended') }),
  z.object({ type: z.literal('result'), result: loadResultSchema }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);

export type Load = z.input<typeof loadSchema>;
export type ClosedLoad = z.input<typeof closedLoadSchema>;
export type OpenLoad = z.input<typeof openLoadSchema>;
export type LoadResult = z.infer<typeof loadResultSchema>;
export type GeneratorCommand = z.input<typeof generatorCommandSchema>;
export type LoadEvent = z.infer<typeof loadEventSchema>;
export type LoadProgress = Extract<
  LoadEvent,
  { type: 'window-started' | 'progress' | 'window-ended' }
>;

/** Called once a load is prepared; gives the time at which it begins, in ms of `monotonicMs()`. */
export type AgreeOnStart = () => Promise<number>;

/** Runs one load to its end and reports its progress. Without an agreement, the load begins once it is prepared. */
export type LoadGenerator<Kind extends Load> = (
  load: Kind,
  emit: (event: LoadProgress) => void,
  agreeOnStart?: AgreeOnStart,
) => Promise<LoadResult>;
