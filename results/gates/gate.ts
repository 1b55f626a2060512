import type {
  Measurement,
  Pilot,
  PlannedServer,
  PlannedWorkload,
  RunDocument,
  Warning,
} from '../document/run-document.ts';

/** What holds where no gate of a check fired, where only notes were raised (if that differs), and where one failed. */
interface CheckTitles {
  readonly passed: string;
  readonly noted?: string;
  readonly failed: string;
}

/** The checks under which a report shows the gates. */
export const checks = {
  accounting: {
    passed: 'All requests are accounted for',
    failed: 'Requests are unaccounted for, or throughput and response times disagree',
  },
  work: {
    passed: 'The servers did the work',
    failed: 'Work was skipped or interrupted',
  },
  load: {
    passed: 'The servers kept up with the load',
    failed: 'Some servers did not keep up with the load',
  },
  generator: {
    passed: 'The load generator was not the bottleneck',
    noted: 'The load generator may have left the servers less than they can use',
    failed: 'The load generator may have limited the results',
  },
  loadWorkers: {
    passed: 'The load workers sent their shares at the same time',
    noted: 'The clocks of the load workers differ, which no number depends on',
    failed: 'Some load workers did not send their share as agreed',
  },
  schedule: { passed: 'Requests were sent on schedule', failed: 'Requests were sent late' },
  connections: {
    passed: 'No request waited for a dropped connection',
    failed: 'Connections were dropped, retried or delayed',
  },
  steady: {
    passed: 'The servers had reached a steady state',
    noted: 'Some windows were too short to show a steady state',
    failed: 'Some servers had not reached a steady state',
  },
  host: {
    passed: 'The machine was quiet',
    noted: 'The machine was not always quiet; disturbed windows were measured again',
    failed: 'The machine was not quiet',
  },
  cpuTime: {
    passed: 'Requests cost every server the same CPU time',
    failed: 'Requests did not cost every server the same CPU time',
  },
} as const satisfies Readonly<Record<string, CheckTitles>>;

export type Check = keyof typeof checks;

/**
 * Whose fault it is when a gate fires. Numbers that are void for what the server did count against the server; those
 * that are void for the instrument or the host say nothing about it.
 */
export type Blame = 'server' | 'instrument' | 'host';

/** What reports and docs say about a gate. */
export interface GateFacts {
  readonly code: string;
  readonly severity: Warning['severity'];
  readonly check: Check;
  readonly blame: Blame;
  /** For the docs. */
  readonly raisedWhen: string;
}

/** What a gate found wrong, as two clauses. */
export type Finding = Pick<Warning, 'message' | 'advice'>;

/** A test that numbers have to pass; null where they do. */
export interface Gate<Subject extends readonly unknown[]> extends GateFacts {
  readonly test: (...subject: Subject) => Finding | readonly Finding[] | null;
}

/** What a gate knows beside the measurement itself. */
export interface GateContext {
  readonly server: PlannedServer;
  readonly workload: PlannedWorkload;
  /** CPUs that the server and the load generator may use. */
  readonly cpusAvailable: number;
  /** CPUs that the server may use. */
  readonly serverCores: number;
  readonly cpusOnline: number;
  /** Whether the load generator had CPUs of another machine. */
  readonly isClientApart?: boolean;
  readonly cpuMode: 'isolated' | 'shared';
  /**
   * The server's throughput in the closed loop of the same trial; null before there was one, and where the connections
   * or other programs limited it.
   */
  readonly capacityPerSecond: number | null;
  /** The same, whatever limited it: the capacity is at least as high. */
  readonly servedPerSecond: number | null;
  readonly pilot: Pilot | null;
  /**
   * CPU time per request where the server is not saturated, in the open loops of the same trial; null where too few
   * requests show it.
   */
  readonly openLoopCpuSeconds: number | null;
}

export type MeasurementGate = Gate<[measurement: Measurement, context: GateContext]>;
export type RunGate = Gate<[document: RunDocument]>;
