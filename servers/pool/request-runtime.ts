import type { ServerResponse } from 'node:http';
import type { Runtime, Task } from '../../workloads/runtime.ts';
import type { Trace } from '../kit/trace.ts';
import { wait } from '../kit/wait.ts';
import type { Dispatcher } from './dispatcher.ts';
import { RequestFlow } from './request-flow.ts';

/** What the pool lets one request do: waits are parked on the netpoller thread, worker threads compute. */
export class RequestRuntime implements Runtime {
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
    if (!this.#trace) return wait(ms);
    const startedMs = performance.now();
    await wait(ms);
    this.#trace.waitMs += performance.now() - startedMs;
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
    if (this.#response.closed) this.#dispatcher.cancel(flow);
    else this.#response.once('close', () => this.#dispatcher.cancel(flow));
    return flow;
  }
}
