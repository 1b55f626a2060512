import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { upload } from '../../workloads/upload.ts';
import { digestOrderTask, makeOrder } from '../../workloads/uploaded-order.ts';
import { type Check, expectAnswer } from './check.ts';

const endpoint = upload.name;
const target = `/${endpoint}`;
const mostBytes = upload.mostBodyBytes ?? 0;
const json = { 'Content-Type': 'application/json' };

function expectedFor(kilobytes: number) {
  const sent = makeOrder(kilobytes * 1024);
  const body = `${digestOrderTask.run(sent)}\n`;
  return { target, method: 'POST', sent, status: 200, body, headers: json };
}

const badBodies: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  '',
  '{',
  '{"items":[]}x',
  "{'items':[]}",
  'null',
  '[]',
  '7',
  '{}',
  '{"items":null}',
  '{"items":{}}',
  '{"items":[1]}',
  '{"items":[null]}',
  '{"items":[{}]}',
  '{"items":[{"sku":"a","quantity":1}]}',
  '{"items":[{"sku":7,"quantity":1,"cents":1}]}',
  '{"items":[{"sku":"","quantity":1,"cents":1}]}',
  '{"items":[{"sku":"a b","quantity":1,"cents":1}]}',
  '{"items":[{"sku":"\\ud800","quantity":1,"cents":1}]}',
  '{"items":[{"sku":"a\\n","quantity":1,"cents":1}]}',
  `{"items":[{"sku":"${'a'.repeat(41)}","quantity":1,"cents":1}]}`,
  '{"items":[{"sku":"a","quantity":"1","cents":1}]}',
  '{"items":[{"sku":"a","quantity":null,"cents":1}]}',
  '{"items":[{"sku":"a","quantity":true,"cents":1}]}',
  '{"items":[{"sku":"a","quantity":1.5,"cents":1}]}',
  '{"items":[{"sku":"a","quantity":-1,"cents":1}]}',
  '{"items":[{"sku":"a","quantity":1001,"cents":1}]}',
  '{"items":[{"sku":"a","quantity":1,"cents":1000001}]}',
  '{"items":[{"sku":"a","quantity":NaN,"cents":1}]}',
  '{"items":[{"sku":"a","quantity":1,"cents":99999999999999999999}]}',
  '['.repeat(100_000),
  Uint8Array.of(...Buffer.from('{"items":[],"note":"'), 0xff, ...Buffer.from('"}')),
];
const refusal = {
  status: 400,
  body: 'the body must be JSON with a list of items, each with a sku, a quantity and a price in cents\n',
};

/** Begins a request with a body; the answer is awaited before the body is complete. */
async function answerBeforeEnd(
  url: string,
  headers: Readonly<Record<string, string>>,
  send: (sent: ClientRequest) => void | Promise<void>,
) {
  const { hostname, port } = new URL(url);
  const agent = new Agent();
  const options = { hostname, port, path: target, method: 'POST', headers, agent };
  const sent = request(options).on('error', () => undefined);
  sent.flushHeaders();
  try {
    const answered = once(sent, 'response');
    await send(sent);
    const [response] = (await answered) as [IncomingMessage];
    const body = Buffer.concat(await response.toArray()).toString();
    return { status: response.statusCode, body };
  } finally {
    sent.destroy();
    agent.destroy();
  }
}

const tooLarge = { status: 413, body: `the body is larger than ${mostBytes} bytes\n` };

const about = (rule: string, run: Check['run']): Check => ({
  name: `${target} ${rule}`,
  endpoint,
  run,
});

/** Bodies of requests: complete ones of every size, in pieces, and those that are refused. */
export const bodyChecks: readonly Check[] = [
  about('digests bodies of every size up to the largest', async ({ url }) => {
    for (const kilobytes of [1, 2, 63, 65, 200, 1024]) {
      await expectAnswer(url, expectedFor(kilobytes));
    }
    const sent = '{ "items" : [ ] }';
    const hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const body = `0 items, 0 cents, sha256 ${hash}\n`;
    await expectAnswer(url, { target, method: 'POST', sent, status: 200, body });
  }),
  about('reads chunked bodies, in pieces that come slowly', async ({ url }) => {
    const { sent, body } = expectedFor(64);
    const whole = Buffer.from(sent);
    const chunked = { ...json, 'Transfer-Encoding': 'chunked' };
    const answer = answerBeforeEnd(url, chunked, async (request) => {
      for (let from = 0; from < whole.length; from += 10_000) {
        request.write(whole.subarray(from, from + 10_000));
        await delay(5);
      }
      request.end();
    });
    assert.deepEqual(await answer, { status: 200, body });
  }),
  about('reads bodies of a known length, in pieces that come slowly', async ({ url }) => {
    const { sent, body } = expectedFor(64);
    const whole = Buffer.from(sent);
    const known = { ...json, 'Content-Length': String(whole.length) };
    const answer = answerBeforeEnd(url, known, async (request) => {
      request.write(whole.subarray(0, 100));
      await delay(50);
      request.end(whole.subarray(100));
    });
    assert.deepEqual(await answer, { status: 200, body });
  }),
  about('answers each of 32 different concurrent bodies with its own digest', async ({ url }) => {
    const sizes = Array.from({ length: 32 }, (_, index) => 1 + 3 * index);
    await Promise.all(sizes.map((kilobytes) => expectAnswer(url, expectedFor(kilobytes))));
  }),
  about('refuses a body that is announced as too large, before it comes', async ({ url }) => {
    const headers = { ...json, 'Content-Length': String(mostBytes + 1) };
    assert.deepEqual(await answerBeforeEnd(url, headers, () => undefined), tooLarge);
  }),
  about('refuses a chunked body that turns out to be too large', async ({ url }) => {
    const headers = { ...json, 'Transfer-Encoding': 'chunked' };
    const answer = answerBeforeEnd(url, headers, (request) => {
      request.end(makeOrder(mostBytes + 1));
    });
    assert.deepEqual(await answer, tooLarge);
  }),
  about('refuses bodies that are no order, and reads the next one', async ({ url }) => {
    for (const sent of badBodies) {
      await expectAnswer(url, { target, method: 'POST', sent, headers: json, ...refusal });
    }
    await expectAnswer(url, expectedFor(1));
  }),
];
