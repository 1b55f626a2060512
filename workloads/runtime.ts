/**
 * A computation that any thread can load by itself: a closure cannot be sent to another thread, so a task names
 * its module and its export.
 */
export interface Task<Argument, Result> {
  readonly moduleUrl: string;
  readonly exportName: string;
  readonly run: (argument: Argument) => Result;
  /** The same in threads that Node.js has for it: only for what Node.js itself offers in this way. */
  readonly runInBackground?: (argument: Argument) => Promise<Result>;
  /** The buffers of a result that a model may move between threads instead of copying. */
  readonly transfer?: (result: Result) => readonly ArrayBuffer[];
}

/** Runs a statement of SQL, with a value for each of `$1`, `$2` …, and returns the rows. */
export type Query = <Row extends object>(
  sql: string,
  values?: readonly unknown[],
) => Promise<readonly Row[]>;

/**
 * What a model offers to handlers. A handler never waits or computes by itself: where waiting and computing
 * happen is the concurrency model.
 */
export interface Runtime {
  readonly wait: (ms: number) => Promise<void>;
  /** Queries the database at DATABASE_URL. */
  readonly query: Query;
  /** Runs statements in one transaction, over one connection; rolled back if `work` fails. */
  readonly transaction: <Result>(work: (query: Query) => Promise<Result>) => Promise<Result>;
  /** The argument's buffers in `transfer` may be moved instead of copied: the caller loses them. */
  readonly compute: <Argument, Result>(
    task: Task<Argument, Result>,
    argument: Argument,
    transfer?: readonly ArrayBuffer[],
  ) => Promise<Result>;
}

/** A request as a handler sees it; `target` is the path with its query string, as sent. */
export interface WorkRequest {
  readonly method: string;
  readonly target: string;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /**
   * Resolves with the whole body, in a buffer that the caller may move.
   * @throws RequestError if it is larger
   */
  readonly readBody: (mostBytes: number) => Promise<Uint8Array<ArrayBuffer>>;
}

/** What an answer consists of: plain text, or any bytes. */
export type Body = string | Uint8Array<ArrayBuffer>;

/** An answer: the same bytes from servers in every language. */
export interface WorkResponse {
  readonly status: number;
  readonly body: Body;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** The unit that every model hosts, like WSGI's callable or Go's `http.Handler`. */
export type Handler = (request: WorkRequest, runtime: Runtime) => Promise<WorkResponse>;
