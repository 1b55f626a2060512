import type { Interval, Measurement } from '../results/document/run-document.ts';
import type { GateContext } from '../results/gates/gate.ts';
import { measurementWarnings } from '../results/gates/gates.ts';
import { sampleClosedLoop, sampleGateContext, sampleOpenLoop } from './sample-document.ts';

const context = sampleGateContext();

/** "void littles-law", for each warning about a closed loop that is in order except for a change. */
export const closed = (
  change: Partial<Measurement> = {},
  changed: Partial<GateContext> = {},
): string[] => codes(sampleClosedLoop(change), changed);

/** The same for an open loop. */
export const open = (
  change: Partial<Measurement> = {},
  changed: Partial<GateContext> = {},
): string[] => codes(sampleOpenLoop(change), changed);

const codes = (measurement: Measurement, changed: Partial<GateContext>) =>
  measurementWarnings(measurement, { ...context, ...changed }).map(
    ({ severity, code }) => `${severity} ${code}`,
  );

/** What the first warning about a closed loop with a change says. */
export const messageOf = (change: Partial<Measurement>): string | undefined =>
  measurementWarnings(sampleClosedLoop(change), context)[0]?.message;

/** What a server, or the load generator, used in a closed loop that is in order. */
export const resources = sampleClosedLoop().server;
/** The requests of a closed loop that is in order. */
export const counts = sampleClosedLoop().requests;

/** The intervals of a closed loop that is in order, with a change to each. */
export const intervalsOf = (
  change: (interval: Interval, index: number) => Partial<Interval>,
): Interval[] =>
  sampleClosedLoop().intervals.map((interval, index) => ({
    ...interval,
    ...change(interval, index),
  }));
