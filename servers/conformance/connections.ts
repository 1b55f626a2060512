import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { type Check, expectAnswer } from './check.ts';
import { sendRaw } from './exchange.ts';

const get = (target: string, ...headers: string[]) =>
  [`GET ${target} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');

async function checkHead(url: string, target: string, status: number, body: string): Promise<void> {
  const head = get(target, 'Connection: close').replace('GET', 'HEAD');
  const answer = await sendRaw(url, head);
  assert.match(answer, new RegExp(`^HTTP/1\\.[01] ${status} `), `HEAD ${target}`);
  assert.match(answer, new RegExp(`\\r\\ncontent-length: ${Buffer.byteLength(body)}\\r\\n`, 'i'));
  assert.match(answer, /\r\ncontent-type: text\/plain; charset=utf-8\r\n/i);
  assert.match(answer, /^[^]*?\r\n\r\n$/, `HEAD ${target} is answered with a body: ${answer}`);
}

/** How connections are used: what HEAD leaves out, and who closes when. */
export const connectionChecks: readonly Check[] = [
  {
    name: 'answers HEAD as GET, without the body',
    async run({ url }) {
      await checkHead(url, '/healthz', 200, 'ok\n');
      await checkHead(url, '/hello', 200, 'hello, world\n');
      await checkHead(url, '/io?ms=0', 200, 'waited 0 ms\n');
      await checkHead(url, '/cpu?n=x', 400, 'n must be a whole number from 0 to 40\n');
      await checkHead(url, '/nope', 404, 'not found\n');
    },
  },
  {
    name: 'keeps its connections after an answer of any status, or closes them, as it declares',
    async run({ server, url }) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      try {
        const hello = { agent, target: '/hello', status: 200, body: 'hello, world\n' };
        const answers = [
          await expectAnswer(url, hello),
          await expectAnswer(url, { agent, target: '/nope', status: 404, body: 'not found\n' }),
          await expectAnswer(url, hello),
        ];
        const reused = answers.map((answer) => answer.reused);
        assert.deepEqual(reused, [false, server.keepAlive, server.keepAlive]);
      } finally {
        agent.destroy();
      }
    },
  },
  {
    name: 'where it closes connections, says so, does so itself, and answers one request on each',
    async run({ server, url }) {
      if (server.keepAlive) return;
      const answer = await sendRaw(url, get('/hello') + get('/hello'));
      assert.match(answer, /\r\nconnection: close\r\n/i);
      assert.equal(answer.split('HTTP/1.').length - 1, 1, `two answers: ${answer}`);
      assert.match(answer, /\r\n\r\nhello, world\n$/);
    },
  },
];
