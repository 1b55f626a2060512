import { z } from 'zod';
import { distributionSchema, measurementSchema } from '../../results/document/run-document.ts';

/** What a load generator sends: each class as often as its weight says, in a seeded order. */
const requestClassSchema = z.object({
  name: z.string(),
  weight: z.number().positive(),
  path: z.string(),
  /** Null where any body is right. */
  expectedBody: z.string().nullable(),
});

const loadBase = z.object({
  host: z.string(),
  port: z.int().positive(),
  classes: z.array(requestClassSchema).min(1),
  warmupSeconds: z.number().nonnegative(),
  windowSeconds: z.number().positive(),
  /** A request not answered after this counts as timed out. */
  timeoutSeconds: z.number().positive(),
  seed: z.int().nonnegative(),
});

/** As many requests in flight as there are connections: each is followed by the next when it is answered. */
const closedLoadSchema = loadBase.extend({
  loop: z.literal('closed'),
  connections: z.int().positive(),
  /**
   * Opens all connections before the first request. A busy Node.js server accepts one connection in each turn of
   * its loop, and a turn serves all that it has accepted: connections that arrive under load may wait for
   * seconds. Not for servers that close connections: to some, one that says nothing holds a worker.
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

export const loadSchema = z.discriminatedUnion('loop', [closedLoadSchema, openLoadSchema]);

/**
 * What a load generator saw. Requests belong to the window in which they were sent (an open loop's: were to
 * be sent), and are waited for; the time of one without a good answer ranks above every other. Throughput is
 * the good answers (2xx) that came within the window, whenever their requests were sent.
 */
const loadResultSchema = measurementSchema
  .pick({
    requests: true,
    throughputPerSecond: true,
    serviceTime: true,
    responseTime: true,
    windowSeconds: true,
    classes: true,
  })
  .extend({
    intervals: z.array(
      measurementSchema.shape.intervals.element.omit({
        serverCpuSeconds: true,
        eventLoopDelayMs: true,
      }),
    ),
    /** How late the generator came to each request after the time intended; an open loop's only. */
    sendLag: distributionSchema.nullable(),
    connectionsOpened: z.int(),
    /** How many connections there could be at once: as asked for, or fewer where open files are limited. */
    connectionLimit: z.int(),
    /** Requests of an open loop that found all connections busy and had to wait for one. */
    waitedForConnection: z.int(),
    /** Why requests of the window got no good answer, and how many. */
    failures: z.record(z.string(), z.int()),
  });

/** What a load generator's process tells the runner while it works. */
export const loadEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('window-started') }),
  /** A few times a second, both counted from the load's start or, once it has started, from the window's. */
  z.object({ type: z.literal('progress'), completed: z.int(), elapsedSeconds: z.number() }),
  z.object({ type: z.literal('window-ended') }),
  z.object({ type: z.literal('result'), result: loadResultSchema }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);

export type Load = z.input<typeof loadSchema>;
export type ClosedLoad = z.input<typeof closedLoadSchema>;
export type OpenLoad = z.infer<typeof openLoadSchema>;
export type LoadResult = z.infer<typeof loadResultSchema>;
export type LoadEvent = z.infer<typeof loadEventSchema>;
export type LoadProgress = Extract<
  LoadEvent,
  { type: 'window-started' | 'progress' | 'window-ended' }
>;

/** A load generator: runs one load to its end, telling of its progress as it goes. */
export type LoadGenerator<Kind extends Load> = (
  load: Kind,
  emit: (event: LoadProgress) => void,
) => Promise<LoadResult>;
