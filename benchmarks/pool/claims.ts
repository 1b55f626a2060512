import type { ContenderName } from './contenders.ts';

/** One figure of one contender. */
export interface Place {
  readonly scenario: string;
  readonly contender: ContenderName;
  readonly figure: string;
}

/** What the pool is meant to reach: a figure, or its ratio to another, at least or at most so much. */
export interface Claim {
  readonly text: string;
  readonly figure: Place;
  readonly against?: Place;
  readonly atLeast?: number;
  readonly atMost?: number;
}

const at = (scenario: string, contender: ContenderName, figure: string): Place => ({
  scenario,
  contender,
  figure,
});

export const claims: readonly Claim[] = [
  {
    text: '`cpu`, throughput: pool / node:cluster',
    figure: at('cpu', 'pool', 'per second'),
    against: at('cpu', 'node:cluster', 'per second'),
    atLeast: 0.98,
  },
  {
    text: '`cpu`, throughput: pool / piscina at its default',
    figure: at('cpu', 'pool', 'per second'),
    against: at('cpu', 'piscina', 'per second'),
    atLeast: 1.1,
  },
  {
    text: '`cpu`, throughput: pool / piscina tuned',
    figure: at('cpu', 'pool', 'per second'),
    against: at('cpu', 'piscina tuned', 'per second'),
  },
  {
    text: '`cpu`, p99 by wrk, which counts from connecting on: pool / node:cluster',
    figure: at('cpu', 'pool', 'by wrk: p99, ms'),
    against: at('cpu', 'node:cluster', 'by wrk: p99, ms'),
    atMost: 0.4,
  },
  {
    text: '`cpu`, p99 on connections long open: pool / node:cluster',
    figure: at('cpu', 'pool', 'p99, ms'),
    against: at('cpu', 'node:cluster', 'p99, ms'),
    atMost: 0.4,
  },
  {
    text: 'The least that this ratio can be: mean response time of the pool / that p99',
    figure: at('cpu', 'pool', 'mean, ms'),
    against: at('cpu', 'node:cluster', 'p99, ms'),
  },
  {
    text: '`cpu`, p99 in times of one request alone: pool / Go at the same demand',
    figure: at('cpu', 'pool', 'p99 / one alone'),
    against: at('cpu', 'Go, same demand', 'p99 / one alone'),
    atMost: 0.5,
  },
  {
    text: '50 ms wait on the pool, p99: beside computation / alone',
    figure: at('wait', 'pool', 'beside: p99, ms'),
    against: at('wait', 'pool', 'alone: p99, ms'),
    atMost: 1.1,
  },
  {
    text: '50 ms wait beside computation, p99: pool / Go',
    figure: at('wait', 'pool', 'beside: p99, ms'),
    against: at('wait', 'Go', 'beside: p99, ms'),
    atMost: 1,
  },
  ...[24, 27].map((n) => ({
    text: `\`fanout\`, 8 × fib(${n}), one request at a time: event-loop / pool`,
    figure: at(`fanout-${n}`, 'event-loop', 'p50, ms'),
    against: at(`fanout-${n}`, 'pool', 'p50, ms'),
    atLeast: 1.8,
  })),
  {
    text: 'dispatch, µs a task with 64 in flight',
    figure: at('dispatch', 'pool', '64 in flight: µs a task'),
    atMost: 5,
  },
  {
    text: 'dispatch, µs a task one at a time (p50)',
    figure: at('dispatch', 'pool', 'one at a time: p50, µs'),
    atMost: 30,
  },
  {
    text: '`hello`, throughput: pool / event-loop',
    figure: at('hello', 'pool', 'per second'),
    against: at('hello', 'event-loop', 'per second'),
    atLeast: 0.95,
  },
  {
    text: '10,000 connections that wait 0.5 s, all answered, throughput: pool / event-loop',
    figure: at('connections', 'pool', 'per second'),
    against: at('connections', 'event-loop', 'per second'),
    atLeast: 0.9,
  },
  {
    text: '10,000 connections that wait 0.5 s, p99 in ms',
    figure: at('connections', 'pool', 'p99, ms'),
    atMost: 750,
  },
  {
    text: 'computations lost for each worker thread killed, all with a clear answer',
    figure: at('kills', 'pool', 'lost'),
    against: at('kills', 'pool', 'kills'),
    atMost: 1,
  },
];
