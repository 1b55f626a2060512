import { z } from 'zod';
import { measurementSchema } from '../../../results/document/run-document.ts';
import { generatorCommandSchema, loadEventSchema } from '../load.ts';

/** What a run sends to a load worker. */
export const workerCommandSchema = z.discriminatedUnion('type', [
  ...generatorCommandSchema.options,
  /** Ends the load in progress, if there is one. */
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('ping'), sentMs: z.number() }),
  /** The run does not take it; a worker of any version is to understand this. */
  z.object({ type: z.literal('refuse'), reason: z.string() }),
]);

/** What terminals and reports show: one line. */
export const shortTextSchema = z.string().regex(/^\P{C}{1,80}$/u);

/** What only the load worker itself knows of a load that it ran. */
const loadReportSchema = z.object({
  client: measurementSchema.shape.client,
  startedLateMs: z.number().nonnegative(),
  serverRoundTripMs: z.number().nonnegative(),
});

/** What a load worker sends to the run. */
const workerMessageSchema = z.discriminatedUnion('type', [
  ...loadEventSchema.options,
  /** Once, when it has found the run. */
  z.object({
    type: z.literal('hello'),
    name: shortTextSchema,
    benchVersion: shortTextSchema,
    cpus: z.int().positive(),
    /** The most files that it may have open, connections included; null for no limit. */
    openFiles: z.int().positive().nullable(),
    /** The same for all that runs on one machine; null if unknown. */
    machine: z.string().nullable(),
  }),
  /** In ms of its `monotonicMs()` and of `Date.now()`. */
  z.object({
    type: z.literal('pong'),
    sentMs: z.number(),
    monotonicMs: z.number(),
    wallMs: z.number(),
  }),
  /** Before the result of a load. */
  z.object({ type: z.literal('report'), report: loadReportSchema }),
  /** No load is in progress any more. */
  z.object({ type: z.literal('stopped') }),
]);

export type WorkerCommand = z.input<typeof workerCommandSchema>;
export type WorkerMessage = z.infer<typeof workerMessageSchema>;
export type LoadReport = z.infer<typeof loadReportSchema>;

/** Null for what no load worker of this version sends: whoever reaches the master's port may send anything. */
export function readWorkerMessage(text: string): WorkerMessage | null {
  try {
    return workerMessageSchema.parse(fromText(text));
  } catch {
    return null;
  }
}

/** No name of a header, nor of anything else in a message. */
const bytesKey = '@bytes';

/** A message as JSON; bytes, which the bodies of requests may be, as base64. */
export function toText(message: WorkerCommand | WorkerMessage): string {
  return JSON.stringify(message, function (this: Record<string, unknown>, key, value: unknown) {
    const { [key]: original } = this; // a Buffer is an object of numbers by now
    return original instanceof Uint8Array
      ? { [bytesKey]: Buffer.from(original).toString('base64') }
      : value;
  });
}

const bytesSchema = z.strictObject({ [bytesKey]: z.string() });

/** @throws SyntaxError for what is not JSON */
export function fromText(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !(bytesKey in value)) return value;
    return Buffer.from(bytesSchema.parse(value)[bytesKey], 'base64');
  });
}
