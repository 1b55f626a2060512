import { createServer, type ServerResponse } from 'node:http';
import { uslThroughput } from '../../results/scalability/usl.ts';
import { listen, readSettings } from '../../servers/kit/model-process.ts';
import { block } from '../../servers/kit/runtime.ts';
import {
  type Behaviour,
  behaviourSchema,
  knownBody,
  type QueueBehaviour,
  queueOf,
  serviceTimes,
} from './known-times.ts';

/** The process of a server with known response times; its one argument is its behaviour. */
type Respond = (response: ServerResponse, index: number) => void;

const send = (response: ServerResponse) => void response.end(knownBody);

function responderOf(behaviour: Behaviour): Respond {
  switch (behaviour.kind) {
    case 'delay':
      return delayed(behaviour);
    case 'stall':
      stallRepeatedly(behaviour);
      return send;
    case 'queue':
      return queued(behaviour);
    case 'scaling':
      return scaled(behaviour);
    case 'in step':
      return inStep(behaviour);
    case 'compute':
      return (response) => {
        const endMs = performance.now() + behaviour.ms;
        while (performance.now() < endMs);
        send(response);
      };
    default:
      return dropping(behaviour);
  }
}

function delayed({ ms, slow }: Extract<Behaviour, { kind: 'delay' }>): Respond {
  return (response, index) => {
    const isSlow = slow !== undefined && index % slow.every === slow.every - 1;
    callAt(performance.now() + (isSlow ? slow.ms : ms), () => send(response));
  };
}

function queued(behaviour: QueueBehaviour): Respond {
  const { seed = process.pid } = behaviour;
  const doneAt = queueOf(serviceTimes({ ...behaviour, seed }), behaviour.servers);
  return (response) => callAt(doneAt(performance.now()), () => send(response));
}

function scaled(law: Extract<Behaviour, { kind: 'scaling' }>): Respond {
  const servers = readSettings().workers;
  const meanMs = (1000 * servers) / uslThroughput(law, servers);
  return queued({ kind: 'queue', meanMs, servers });
}

function inStep({ slots, everyMs }: Extract<Behaviour, { kind: 'in step' }>): Respond {
  const waiting: ServerResponse[] = [];
  const respondNext = (dueMs: number) =>
    callAt(dueMs, () => {
      for (const response of waiting.splice(0, slots)) send(response);
      respondNext(dueMs + everyMs);
    });
  respondNext(performance.now() + everyMs);
  return (response) => void waiting.push(response);
}

function dropping({ every, times, how }: Extract<Behaviour, { kind: 'drop' }>): Respond {
  let dropped = 0;
  return (response, index) => {
    const drops = index % every === every - 1 && dropped < times;
    if (drops) dropped += 1;
    if (!drops) send(response);
    else if (how === 'closing the connection') response.destroy();
  };
}

/** Stands still, as a long garbage collection does, at the same moment of each period. */
function stallRepeatedly({ stallMs, everyMs }: Extract<Behaviour, { kind: 'stall' }>): void {
  let nextMs = performance.now() + everyMs;
  const stallNext = () =>
    callAt(nextMs, () => {
      block(nextMs + stallMs - performance.now());
      nextMs += everyMs;
      stallNext();
    });
  stallNext();
}

/** Timers are whole ms and may be one late: the last part of a wait is slept in short naps. */
const nappingMs = 2;
/** A request that arrives during a nap waits for its end, and for the time that the kernel takes to wake us. */
const napMs = 0.1;
const wakeMs = 0.06;

interface DueCall {
  readonly dueMs: number;
  readonly call: () => void;
}

const nearlyDue: DueCall[] = [];

/**
 * Calls back at a time of `performance.now()`, exact to a fraction of a millisecond. It sleeps and does not spin: a
 * process that spins is the first to be descheduled.
 */
function callAt(dueMs: number, call: () => void): void {
  const expect = () => {
    nearlyDue.push({ dueMs, call });
    nearlyDue.sort((a, b) => a.dueMs - b.dueMs);
    if (nearlyDue.length === 1) setImmediate(callDue);
  };
  const leftMs = dueMs - performance.now();
  if (leftMs > nappingMs) setTimeout(expect, leftMs - nappingMs);
  else expect();
}

function callDue(): void {
  const nextMs = nearlyDue[0]?.dueMs ?? 0;
  block(Math.min(nextMs - wakeMs - performance.now(), napMs));
  const nowMs = performance.now();
  while (nearlyDue[0] && nearlyDue[0].dueMs <= nowMs) nearlyDue.shift()?.call();
  if (nearlyDue.length > 0) setImmediate(callDue);
}

const respond = responderOf(behaviourSchema.parse(JSON.parse(process.argv[2] ?? '')));
let requests = 0;
const server = createServer((request, response) => {
  if (request.url === '/healthz') response.end('ok\n');
  else respond(response, requests++);
});
server.keepAliveTimeout = 75_000;
await listen(server, readSettings());
process.once('SIGTERM', () => process.exit(0));
