import type { ParameterTable, ParameterValues } from './parameters.ts';
import type { Body, Runtime } from './runtime.ts';

/** One kind of request of a workload, with the right answer. */
export interface RequestClass {
  /** The name in results; the workload's own name if there is one class. */
  readonly name: string;
  /** Frequency relative to the other classes. */
  readonly weight: number;
  /** Path and query string. */
  readonly path: string;
  /** POST if left out where there is a body, else GET. */
  readonly method?: string;
  /** Beside those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
  /** The status of a good answer; any 2xx if left out. */
  readonly expectedStatus?: number;
  /** Null if the body is not known as a whole. */
  readonly expectedBody: Body | null;
  /** A text that the body of a good answer contains; left out if any is accepted. */
  readonly expectedText?: string;
  /** Other paths, with the same work, that the load generators request in turn with `path`. */
  readonly variants?: readonly Pick<RequestClass, 'path' | 'expectedBody'>[];
  /** The wait in a request, in ms: a lower limit of the response time, and an input of predictions. */
  readonly waitMs: number;
  /** Set where the task has a `runInBackground`: the computation does not block an event loop. */
  readonly computesInBackground?: true;
}

/** How a workload's CPU cost is set, so that a request can cost every server the same. */
interface Demand<Table extends ParameterTable = ParameterTable> {
  /** The request class that computes. */
  readonly requestClass: string;
  /** The parameter that repeats the computation: the cost is linear in it. */
  readonly repeatedBy: keyof Table & string;
  /** The given parameters with the computation made some thousand times smaller. */
  inPieces(values: ParameterValues<Table>): ParameterValues<Table>;
}

/** What one would promise users of a server: a percentile of the response times stays below a limit. */
export interface Objective {
  /** The class of requests; null for all of them. */
  readonly class: string | null;
  readonly percentile: 'p50' | 'p90' | 'p95' | 'p99' | 'p999';
  readonly belowMs: number;
}

/**
 * A kind of work. `handle` serves `GET /<name>`, with the parameters in the query string, or `POST /<name>`, with a body
 * that is made from the parameters; `requests` returns what the load generator sends. A workload without `handle` is a
 * mix of the requests of others.
 */
export interface Workload<Table extends ParameterTable = ParameterTable> {
  readonly name: string;
  readonly summary: string;
  readonly parameters: Table;
  /** SQL that makes what the workload needs, in an empty schema of a database; left out if it needs no database. */
  readonly database?: string;
  /** Left out if the cost of a request cannot be set. */
  readonly demand?: Demand<Table>;
  /** The largest body that the endpoint accepts; left out if it takes none. */
  readonly mostBodyBytes?: number;
  /** `values` are those of the query: none where there is a body. */
  handle?(
    values: ParameterValues<Table>,
    runtime: Runtime,
    body: Uint8Array<ArrayBuffer>,
  ): Promise<Body>;
  requests(values: ParameterValues<Table>): readonly RequestClass[];
  /** What a run looks for unless the user has other objectives; p95 below 100 ms if left out. */
  objective?(values: ParameterValues<Table>): Objective;
  /** The connections of its closed loop, each with a request in flight; left out, it has those of the run. */
  connections?(values: ParameterValues<Table>): number;
}

/** A workload with an endpoint of its own. */
export type Endpoint = Workload & Required<Pick<Workload, 'handle'>>;
