import { createServer, type ServerResponse } from 'node:http';
import { answerAt, sleepUntil } from './answer-at.ts';
import { type Behaviour, behaviourSchema, truthBody } from './behaviour.ts';
import { exponentialTimes } from './truth.ts';

/** The process of a server whose response times are known beforehand; its one argument says how it behaves. */
type Answer = (response: ServerResponse, index: number) => void;

const send = (response: ServerResponse) => void response.end(truthBody);

function answerLike(behaviour: Behaviour): Answer {
  switch (behaviour.kind) {
    case 'delay':
      return delayed(behaviour);
    case 'stall':
      stallOverAndOver(behaviour);
      return send;
    case 'queue':
      return queued(behaviour);
    case 'compute':
      return (response) => {
        spinUntil(performance.now() + behaviour.ms);
        send(response);
      };
    default:
      return dropping(behaviour);
  }
}

function delayed({ ms, slow }: Extract<Behaviour, { kind: 'delay' }>): Answer {
  return (response, index) => {
    const isSlow = slow !== undefined && index % slow.every === slow.every - 1;
    answerAt(performance.now() + (isSlow ? slow.ms : ms), () => send(response));
  };
}

function queued({ meanMs, seed }: Extract<Behaviour, { kind: 'queue' }>): Answer {
  const nextService = exponentialTimes(meanMs, seed);
  let freeAtMs = 0;
  return (response) => {
    freeAtMs = Math.max(performance.now(), freeAtMs) + nextService();
    answerAt(freeAtMs, () => send(response));
  };
}

function dropping({ every, times, how }: Extract<Behaviour, { kind: 'drop' }>): Answer {
  let dropped = 0;
  return (response, index) => {
    const drops = index % every === every - 1 && dropped < times;
    if (drops) dropped += 1;
    if (!drops) send(response);
    else if (how === 'closing the connection') response.destroy();
  };
}

/** Stands still, as in a long collection of garbage, at the same moment of each period. */
function stallOverAndOver({ stallMs, everyMs }: Extract<Behaviour, { kind: 'stall' }>): void {
  let nextMs = performance.now() + everyMs;
  const stallNext = () =>
    answerAt(nextMs, () => {
      sleepUntil(nextMs + stallMs);
      nextMs += everyMs;
      stallNext();
    });
  stallNext();
}

function spinUntil(endMs: number): void {
  while (performance.now() < endMs);
}

const answer = answerLike(behaviourSchema.parse(JSON.parse(process.argv[2] ?? '')));
let requests = 0;
const server = createServer((request, response) => {
  if (request.url === '/healthz') response.end('ok\n');
  else answer(response, requests++);
});
server.keepAliveTimeout = 75_000;
server.listen({
  host: process.env['HOST'],
  port: Number(process.env['PORT']),
  backlog: Number(process.env['BACKLOG']),
});
process.once('SIGTERM', () => process.exit(0));
