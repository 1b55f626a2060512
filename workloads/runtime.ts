/**
 * A computation that any thread can load by itself: thread pools cannot be handed a closure, so a task
 * names the module that exports it and the name it is exported under.
 */
export interface Task<Argument, Result> {
  readonly moduleUrl: string;
  readonly exportName: string;
  readonly run: (argument: Argument) => Result;
  /** The buffers of a result that a model may move from thread to thread and need not copy. */
  readonly transfer?: (result: Result) => readonly ArrayBuffer[];
}

/**
 * What a handler may ask of the model it runs on. Waiting and computing are asked for, never done behind
 * the model's back: where they happen is the concurrency model.
 */
export interface Runtime {
  wait(ms: number): Promise<void>;
  /** The argument's buffers in `transfer` may be moved and not copied: the caller gives them up. */
  compute<Argument, Result>(
    task: Task<Argument, Result>,
    argument: Argument,
    transfer?: readonly ArrayBuffer[],
  ): Promise<Result>;
}

/** A request as a handler sees it; `target` is the path with its query string, as sent. */
export interface WorkRequest {
  readonly method: string;
  readonly target: string;
}

/** An answer: always plain text, so that servers in every language can give the same bytes. */
export interface WorkResponse {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The unit that any model can host, as WSGI's callable or Go's `http.Handler`. */
export type Handler = (request: WorkRequest, runtime: Runtime) => Promise<WorkResponse>;
