import type { Socket } from 'node:net';

declare module 'node:worker_threads' {
  /** Node.js transfers sockets, which @types/node does not declare yet. */
  interface Worker {
    postMessage(socket: Socket, transferList: readonly [Socket]): void;
  }
}
