import { nodeCommand } from '../event-loop-command.ts';
import type { Fault } from './fault.ts';
import { faultyServer } from './faulty-server.ts';

export const nagle: Fault = {
  name: 'nagle',
  what: "the server writes head and body apart, with Nagle's algorithm on",
  expected: ['nagle-plateau'],
  flags: { exec: [nodeCommand(faultyServer('nagle-server'))], name: ['nagle'], path: '/' },
};
