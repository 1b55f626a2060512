import type {
  Measurement,
  Pilot,
  PlannedServer,
  PlannedWorkload,
  Warning,
} from '../document/run-document.ts';

/** What else a gate needs to know to judge a measurement. */
export interface GateContext {
  readonly server: PlannedServer;
  readonly workload: PlannedWorkload;
  /** CPUs that the server and the load generator may use. */
  readonly cpusAvailable: number;
  /** Those of them that the server may use. */
  readonly serverCores: number;
  readonly cpusOnline: number;
  readonly cpuMode: 'isolated' | 'shared';
  /**
   * What the server bore in the closed loop of the same trial; null before there was one, and where its
   * connections were what limited it.
   */
  readonly capacityPerSecond: number | null;
  readonly pilot: Pilot | null;
}

/**
 * Something that would make a measurement doubtful, looked for. Messages and advice are clauses without an
 * end.
 */
export type Gate = (measurement: Measurement, context: GateContext) => Warning[];

export const unansweredIn = ({ requests }: Pick<Measurement, 'requests'>): number =>
  requests.non2xx + requests.timeouts + requests.errors;
