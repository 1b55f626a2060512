import { parentPort, workerData } from 'node:worker_threads';
import type { WorkRequest, WorkResponse } from '../../workloads/runtime.ts';
import { importApp } from '../app/import-app.ts';
import { type Answering, answerEach } from './blocking-thread.ts';

/** What the thread of a Fetch handler starts with. */
export interface FetchModule {
  readonly moduleUrl: string;
}

/** A request with its body, if it has one. */
export type Question = Omit<WorkRequest, 'readBody'> & {
  readonly body: Uint8Array<ArrayBuffer> | null;
};

export type Outcome = WorkResponse | { readonly failure: string };

/** A thread that runs a Fetch handler, a request at a time, for a thread that waits for it. */
const { moduleUrl, ...answering }: FetchModule & Answering = workerData;
const { kind, handler } = await importApp(moduleUrl);
if (kind !== 'fetch') throw new TypeError(`${moduleUrl} exports no Fetch handler`);

const noBody = new Uint8Array();
const failure = (error: unknown): Outcome => ({
  failure: error instanceof Error ? error.message : String(error),
});

answerEach(answering, ({ body, ...request }: Question) =>
  handler({ ...request, readBody: async () => body ?? noBody }).catch(failure),
);
parentPort?.postMessage('ready');
