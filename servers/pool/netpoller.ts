import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Runtime, Task } from '../../workloads/runtime.ts';
import type { Model } from '../http-listener.ts';
import type { Trace } from '../trace.ts';
import type { Dispatcher } from './dispatcher.ts';
import { RequestFlow } from './request-flow.ts';

/** The model: waits are parked on the netpoller's thread, computations go to the worker threads. */
export function netpoller(name: string, dispatcher: Dispatcher): Model {
  return {
    worker: name,
    runtime: (trace, response) => new RequestRuntime(dispatcher, trace, response),
  };
}

class RequestRuntime implements Runtime {
  readonly #dispatcher: Dispatcher;
  readonly #trace: Trace | undefined;
  readonly #response: ServerResponse;
  #flow: RequestFlow | undefined;

  constructor(dispatcher: Dispatcher, trace: Trace | undefined, response: ServerResponse) {
    this.#dispatcher = dispatcher;
    this.#trace = trace;
    this.#response = response;
  }

  async wait(ms: number): Promise<void> {
    const startedMs = performance.now();
    await delay(ms);
    if (this.#trace) this.#trace.waitMs += performance.now() - startedMs;
  }

  compute<Argument, Result>(
    task: Task<Argument, Result>,
    argument: Argument,
    transfer?: readonly ArrayBuffer[],
  ): Promise<Result> {
    this.#flow ??= this.#openFlow();
    return this.#dispatcher.compute(this.#flow, task, argument, transfer);
  }

  #openFlow(): RequestFlow {
    const flow = new RequestFlow(this.#trace);
    this.#response.once('close', () => this.#dispatcher.cancel(flow));
    return flow;
  }
}
