import type { ParameterTable, ParameterValues } from './parameters.ts';
import type { Runtime } from './runtime.ts';

/** One kind of request that a workload sends, and what a correct server answers to it. */
export interface RequestClass {
  /** How results name the class; a workload with one class uses its own name. */
  readonly name: string;
  /** How often it is sent, relative to the other classes. */
  readonly weight: number;
  /** Path and query string. */
  readonly path: string;
  /** Null where nothing is known of the answer but that its status is to be 2xx. */
  readonly expectedBody: string | null;
  /** The time a request asks to wait, in ms; predictions need it, and no server can answer faster. */
  readonly waitMs: number;
}

/** How finely a workload's cost can be set, so that a request can be made to cost every server the same. */
export interface Demand<Table extends ParameterTable = ParameterTable> {
  /** The request class whose cost it is. */
  readonly requestClass: string;
  /** The parameter that says how often a computation is repeated: the cost is a straight line over it. */
  readonly repeatedBy: keyof Table & string;
  /** The same parameters, with a computation that is a few thousand times smaller. */
  inPieces(values: ParameterValues<Table>): ParameterValues<Table>;
}

/**
 * A kind of work. `handle` serves `GET /<name>`, with the parameters in the query string; `requests` says
 * what the load generator asks. A workload without `handle` is a mix of others' requests.
 */
export interface Workload<Table extends ParameterTable = ParameterTable> {
  readonly name: string;
  readonly summary: string;
  readonly parameters: Table;
  /** Left out where a request costs what it costs. */
  readonly demand?: Demand<Table>;
  handle?(values: ParameterValues<Table>, runtime: Runtime): Promise<string>;
  requests(values: ParameterValues<Table>): readonly RequestClass[];
}
