/**
 * The messages between the primary and its workers. cluster-service reads the field `cservice` of every message, and
 * ignores messages in which it names no command.
 */
const ignoredByService = { cservice: {} };

/** From a worker: it is loaded, and waits for `accept`. */
export const loaded = { ...ignoredByService, loaded: true };

/** From the primary, once all workers are loaded: accept connections. */
export const accept = { ...ignoredByService, accept: true };

export const isLoaded = (message: unknown) => has(message, 'loaded');
export const isAccept = (message: unknown) => has(message, 'accept');

const has = (message: unknown, key: string) =>
  typeof message === 'object' && message !== null && key in message;
