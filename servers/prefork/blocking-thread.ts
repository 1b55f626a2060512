import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads';

/** `ready`: the answer is in the port's queue. `ended`: the thread has ended, and answers nothing more. */
const state = { pending: 0, ready: 1, ended: 2 } as const;

/** What a thread that answers starts with, beside data of its own. */
export interface Answering {
  /** One of the values of `state`; each change but the one to `pending` is notified. */
  readonly answered: Int32Array<SharedArrayBuffer>;
  readonly port: MessagePort;
}

/**
 * Starts a thread that works for this one, which is blocked meanwhile: Node.js cannot wait for a promise in another way.
 * It must call `answerEach`. `ask` returns null if the thread has ended.
 */
export function startBlockingThread<Question, Answer extends object>(url: URL, data: object) {
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const { port1: port, port2 } = new MessageChannel();
  const workerData: Answering = { ...data, answered, port: port2 };
  const thread = new Worker(url, { workerData, transferList: [port2] });
  port.unref();
  const ask = (question: Question): Answer | null => {
    Atomics.compareExchange(answered, 0, state.ready, state.pending);
    port.postMessage(question);
    Atomics.wait(answered, 0, state.pending);
    const received: { readonly message: Answer } | undefined = receiveMessageOnPort(port);
    return received?.message ?? null;
  };
  return { thread, ask };
}

/** In a thread: answers the questions of the thread that has started it, one after the other. */
export function answerEach<Question, Answer extends object>(
  { answered, port }: Answering,
  answer: (question: Question) => Promise<Answer>,
): void {
  const set = (value: number) => {
    Atomics.store(answered, 0, value);
    Atomics.notify(answered, 0);
  };
  const serve = async (question: Question) => {
    port.postMessage(await answer(question));
    set(state.ready);
  };
  port.on('message', (question: Question) => void serve(question));
  // The thread that waits for an answer would wait for ever.
  process.once('exit', () => set(state.ended));
}
