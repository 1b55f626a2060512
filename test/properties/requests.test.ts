import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { eventLoop } from '../../servers/event-loop/server.ts';
import { launch } from '../../servers/launch/launch.ts';
import { choosePort } from '../../servers/launch/ports.ts';
import { pool } from '../../servers/pool/server.ts';
import { prefork } from '../../servers/prefork/server.ts';
import type { RunningServer } from '../../servers/server.ts';
import { threads } from '../../servers/threads/server.ts';
import { holdsFor } from './property.ts';

interface Request {
  readonly target: string;
  readonly status: number;
  readonly body: string;
}

const fibonacci = [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610];
const answered = (target: string, body: string, status = 200): Request => ({
  target,
  status,
  body,
});
const small = fc.nat({ max: 15 });
const requests: fc.Arbitrary<Request> = fc.oneof(
  small.map((ms) => answered(`/io?ms=${ms}`, `waited ${ms} ms\n`)),
  small.map((n) => answered(`/cpu?n=${n}`, `fib(${n}) = ${fibonacci[n]}\n`)),
  small.map((n) =>
    answered(`/fanout?parts=2&n=${n}`, `fanout(2, ${n}) = ${2 * (fibonacci[n] ?? 0)}\n`),
  ),
  small.map((n) => answered(`/none-${n}`, 'not found\n', 404)),
  small.map((n) => answered(`/cpu?n=-${n}`, 'n must be a whole number from 0 to 40\n', 400)),
);
const bytesOf = ({ target }: Request, ...headers: string[]) =>
  [`GET ${target} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');
const last = 'Connection: close';
/** A server that still waits for the rest of a malformed request sends nothing for so long. */
const quietMs = 40;

/** Sends bytes in pieces over a connection of their own, and reads until the server closes it or nothing comes. */
async function exchange(
  url: string,
  text: string,
  cuts: readonly number[],
  patienceMs = 10_000,
): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let answer = '';
  socket.setEncoding('latin1').on('data', (piece: string) => (answer += piece));
  socket.on('error', () => undefined); // a server may reset what it refuses
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.setTimeout(patienceMs, () => socket.destroy());
  const bytes = Buffer.from(text, 'latin1');
  const places = [...cuts.map((cut) => cut % bytes.length), bytes.length].toSorted((a, b) => a - b);
  let from = 0;
  for (const to of places) {
    socket.write(bytes.subarray(from, to));
    from = to;
    await nextTurn();
  }
  await closed;
  return answer;
}

/** The status and body of each answer. */
function answersIn(text: string): { status: number; body: string }[] {
  const answers = [];
  let rest = text;
  while (rest !== '') {
    const [head = ''] = rest.split('\r\n\r\n', 1);
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
    const bodyAt = head.length + 4;
    // Node.js itself refuses a request without Host in this coding.
    const end = /^transfer-encoding: chunked$/im.test(head) ? '0\r\n\r\n'.length : length;
    answers.push({ status, body: rest.slice(bodyAt, bodyAt + length) });
    rest = rest.slice(bodyAt + end);
  }
  return answers;
}

/** Requests of which the last one closes the connection. */
const together = (sent: readonly Request[]) =>
  sent.map((one, index) => (index < sent.length - 1 ? bytesOf(one) : bytesOf(one, last))).join('');

const cuts = fc.array(fc.nat({ max: 1000 }), { maxLength: 4 });
const edit = fc.record({
  at: fc.nat({ max: 400 }),
  remove: fc.nat({ max: 4 }),
  insert: fc.oneof(
    fc.constantFrom(
      '\r\n',
      '\n',
      '\r',
      ' ',
      ':',
      '\0',
      '\r\n\r\n',
      ' folded\r\n',
      'HTTP/9.9',
      'Expect: 100-continue\r\n',
    ),
    fc.constantFrom(
      'Content-Length: 7\r\n',
      'Transfer-Encoding: chunked\r\n',
      'X-Trace: 1\r\n',
      'POST',
    ),
    fc.string({ unit: 'binary-ascii', maxLength: 8 }),
  ),
});

const launched = [eventLoop, prefork, pool, threads];

describe.each(launched)('$name', (server) => {
  let running: RunningServer;
  beforeAll(async () => {
    const options = { host: '127.0.0.1', port: await choosePort(), workers: 2, backlog: 4096 };
    running = await launch(server, options);
  });
  afterAll(async () => running.stop());

  test('answers requests that arrive together and in pieces in their order, each with its own answer', async () => {
    await holdsFor(
      15,
      fc.asyncProperty(
        fc.array(requests, { minLength: 1, maxLength: 6 }),
        cuts,
        async (drawn, places) => {
          // What comes behind a server's last answer resets the connection, and may take that answer along (RFC 9112, 9.6).
          const sent = server.keepAlive ? drawn : drawn.slice(0, 1);
          const answers = answersIn(await exchange(running.url, together(sent), places));
          expect(answers).toEqual(sent.map(({ status, body }) => ({ status, body })));
        },
      ),
    );
  });

  test('survives malformed requests, and gives others their own answers beside them', async () => {
    await holdsFor(
      15,
      fc.asyncProperty(
        requests,
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        cuts,
        requests,
        async (sent, edits, places, other) => {
          const malformed = edits.reduce((text, { at, remove, insert }) => {
            const place = at % (text.length + 1);
            return text.slice(0, place) + insert + text.slice(place + remove);
          }, bytesOf(sent));
          const [answer, others] = await Promise.all([
            exchange(running.url, malformed, places, quietMs),
            exchange(running.url, together([other]), []),
          ]);
          for (const { status } of answersIn(answer))
            expect([200, 400, 404, 405, 408, 417, 431]).toContain(status);
          expect(answersIn(others)).toEqual([{ status: other.status, body: other.body }]);
        },
      ),
    );
  });
});
