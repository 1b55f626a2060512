import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { verifyAnswers } from '../run/verify.ts';
import { startGenerator } from './generator.ts';
import type { Load } from './load.ts';
import { sendAndDrain } from './send-and-drain.ts';

const sent = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
const answered = Uint8Array.of(0xff, 0x00, 0x0d, 0x0a, 0x80);

/** What a request to /echo is answered with: status 201, and its method, its X-Key and its type. */
const echoOf = ({ method, headers }: IncomingMessage) =>
  `${method} ${String(headers['x-key'])} ${headers['content-type']}`;

/** Answers with `answered` to a POST of the right bytes as JSON, and with a text to everything else. */
async function answerTo(request: IncomingMessage): Promise<Uint8Array | string> {
  const { method, headers } = request;
  const body = await buffer(request);
  const isRight = method === 'POST' && headers['content-type'] === 'application/json';
  return isRight && body.equals(sent) ? answered : `${method} of ${body.length} bytes`;
}

const server = createServer((request, response) => {
  if (request.url === '/echo') response.writeHead(201).end(echoOf(request));
  else void answerTo(request).then((answer) => response.end(answer));
});
let port: number;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

const classOf = (body: Uint8Array<ArrayBuffer>, expectedBody: Uint8Array<ArrayBuffer>) => ({
  name: 'upload',
  weight: 1,
  path: '/upload',
  body,
  expectedBody,
  waitMs: 0,
});
const right = classOf(sent, answered);
const wrongBody = classOf(sent.subarray(1), answered);
const wrongAnswer = classOf(sent, Uint8Array.of(0xff, 0x00, 0x0d, 0x0a, 0x81));

const loads = [
  { loop: 'closed', connections: 2 },
  { loop: 'open', ratePerSecond: 100, arrivals: 'uniform', maxConnections: 10 },
] as const;

async function countsOf(kind: (typeof loads)[number], requestClass: Load['classes'][number]) {
  const generator = startGenerator();
  const times = { warmupSeconds: 0, windowSeconds: 0.2, timeoutSeconds: 5, seed: 1 };
  try {
    const load = { ...kind, ...times, host: '127.0.0.1', port, classes: [requestClass] };
    return (await generator.run(load)).requests;
  } finally {
    await generator.stop();
  }
}

const put = {
  name: 'PUT /echo',
  weight: 1,
  path: '/echo',
  method: 'PUT',
  headers: { 'X-Key': 'k', 'content-type': 'text/plain' },
  body: 'text',
  expectedStatus: 201,
  expectedBody: null,
  expectedText: 'PUT k text/plain',
  waitMs: 0,
};

test.each(loads)(
  'a $loop loop sends method and headers, and checks the status and a text of answers',
  async (kind) => {
    const good = await countsOf(kind, put);
    expect(good.sent).toBeGreaterThan(0);
    expect(good).toMatchObject({ ok: good.sent, mismatched: 0 });
    const otherText = await countsOf(kind, { ...put, expectedText: 'PUT x' });
    expect(otherText).toMatchObject({ ok: otherText.sent, mismatched: otherText.sent });
    const otherStatus = await countsOf(kind, { ...put, expectedStatus: 200 });
    expect(otherStatus).toMatchObject({ ok: 0, non2xx: otherStatus.sent });
  },
);

test('an answer without the status or the text that is expected is described', async () => {
  const url = `http://127.0.0.1:${port}`;
  const { signal } = new AbortController();
  await verifyAnswers({ url }, [put], signal);
  await expect(verifyAnswers({ url }, [{ ...put, expectedText: 'none' }], signal)).rejects.toThrow(
    'PUT /echo got status 201 and "PUT k text/plain"; expected 201 and a body with "none"',
  );
  await expect(verifyAnswers({ url }, [{ ...put, expectedStatus: 200 }], signal)).rejects.toThrow(
    'expected 200 and a body with "PUT k text/plain"',
  );
});

test.each(loads)(
  'a $loop loop posts the bytes of a body, and compares answers byte for byte',
  async (kind) => {
    const generator = startGenerator();
    const mismatched = async (requestClass: typeof right) => {
      const times = { warmupSeconds: 0, windowSeconds: 0.3, timeoutSeconds: 5, seed: 1 };
      const load: Load = { ...kind, ...times, host: '127.0.0.1', port, classes: [requestClass] };
      const { requests } = await generator.run(load);
      expect(requests.ok).toBe(requests.sent);
      expect(requests.sent).toBeGreaterThan(0);
      return requests.mismatched / requests.sent;
    };
    try {
      expect(await mismatched(right)).toBe(0);
      expect(await mismatched(wrongBody)).toBe(1);
      expect(await mismatched(wrongAnswer)).toBe(1);
    } finally {
      await generator.stop();
    }
  },
);

test('the answers of a server are checked with bodies, and a wrong one is described', async () => {
  const url = `http://127.0.0.1:${port}`;
  const { signal } = new AbortController();
  await verifyAnswers({ url }, [right], signal);
  await expect(verifyAnswers({ url }, [wrongBody], signal)).rejects.toThrow(
    'POST /upload got status 200 and "POST of 69999 bytes"; expected 200 and 5 bytes',
  );
});

test('single requests are sent with their body', async () => {
  const url = `http://127.0.0.1:${port}`;
  const agent = new Agent();
  const length = async (body?: Uint8Array<ArrayBuffer>) =>
    (await sendAndDrain({ url }, 5_000, { agent, path: '/upload', ...(body && { body }) })).headers[
      'content-length'
    ];
  expect(await length(sent)).toBe('5');
  expect(await length()).toBe(String('GET of 0 bytes'.length));
});
