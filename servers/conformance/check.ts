import assert from 'node:assert/strict';
import type { RunningServer, Server } from '../server.ts';
import { type Answer, ask, type Question } from './exchange.ts';

/** A server under check. */
export interface Subject {
  readonly server: Server;
  readonly url: string;
  readonly workers: number;
  /** Starts one more of it, on a port of its own. */
  readonly start: () => Promise<RunningServer>;
}

/** One sentence about every server, and how to see whether it is true; rejects with an assertion error if not. */
export interface Check {
  readonly name: string;
  run(subject: Subject): Promise<void>;
}

export interface Expected extends Question {
  readonly target: string;
  readonly status: number;
  readonly body: string;
}

/** Asks, and compares the answer with what the wire contract says of every answer, and with what is expected of this. */
export async function expectAnswer(url: string, expected: Expected): Promise<Answer> {
  const { target, method = 'GET', status, body } = expected;
  const answer = await ask(url, target, expected);
  const seen = {
    status: answer.status,
    body: answer.body,
    type: answer.headers['content-type'],
    length: answer.headers['content-length'],
    coding: answer.headers['transfer-encoding'],
    allow: answer.headers.allow,
  };
  const wanted: typeof seen = {
    status,
    body,
    type: 'text/plain; charset=utf-8',
    length: String(Buffer.byteLength(body)),
    coding: undefined,
    allow: status === 405 ? 'GET, HEAD' : undefined,
  };
  assert.deepEqual(seen, wanted, `${method} ${target} is answered with ${JSON.stringify(seen)}`);
  return answer;
}

export async function expectAnswers(url: string, expected: readonly Expected[]): Promise<void> {
  for (const each of expected) await expectAnswer(url, each);
}
