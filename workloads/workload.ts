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

/**
 * A kind of work. `handle` serves `GET /<name>`, with the parameters in the query string; `requests` says
 * what the load generator asks. A workload without `handle` is a mix of others' requests.
 */
export interface Workload<Table extends ParameterTable = ParameterTable> {
  readonly name: string;
  readonly summary: string;
  readonly parameters: Table;
  handle?(values: ParameterValues<Table>, runtime: Runtime): Promise<string>;
  requests(values: ParameterValues<Table>): readonly RequestClass[];
}
