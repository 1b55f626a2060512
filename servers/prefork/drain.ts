import type { Server } from 'node:http';

/** Clients that have not sent a request yet get hardly any more time. */
const hurryMs = 100;
/** Where clients never cease to come, the queue is never empty. */
const longestMs = 3_000;

/** Answers all who are in the kernel's queue, closes the server, and ends the process. */
export function drain(server: Server): void {
  const deadlineMs = performance.now() + longestMs;
  let accepted = 0;
  server.on('connection', () => {
    accepted += 1;
  });
  // Each turn of the event loop accepts one connection if there is any.
  const lookAgain = (acceptedBefore: number) => {
    const isQueueEmpty = accepted === acceptedBefore;
    if (isQueueEmpty || performance.now() > deadlineMs) end(server);
    else afterATurn(lookAgain, accepted);
  };
  afterATurn(lookAgain, accepted);
}

/** The first immediate runs in the turn under way, the second after a whole one. */
function afterATurn(look: (accepted: number) => void, accepted: number): void {
  setImmediate(() => setImmediate(look, accepted));
}

function end(server: Server): void {
  if (!server.listening) process.exit(0);
  server.close(() => process.exit(0));
  setTimeout(() => server.closeAllConnections(), hurryMs);
}
