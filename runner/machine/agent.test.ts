import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test } from '@jest/globals';
import { groupIsAlive } from '../../servers/launch/process-group.ts';
import { benchVersion } from '../../servers/package-root.ts';
import { runAgent } from './agent.ts';
import { readLines } from './lines.ts';
import { type Reply, replySchema } from './protocol.ts';

const inputs: PassThrough[] = [];
afterEach(() => inputs.splice(0).forEach((input) => input.destroy()));

/** An agent in this process, and what it says. */
function startAgent(pingEveryMs?: number) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  inputs.push(input);
  const replies: Reply[] = [];
  readLines(output, (line) => {
    replies.push(replySchema.parse(JSON.parse(line)));
    output.emit('reply');
  });
  let requests = 0;
  const reply = async (isWanted: (one: Reply) => boolean): Promise<Reply> => {
    for (;;) {
      const found = replies.find(isWanted);
      if (found) return found;
      await once(output, 'reply');
    }
  };
  return {
    ended: runAgent(input, output, pingEveryMs),
    reply,
    call: (method: string, params: unknown = null) => {
      requests += 1;
      const number = requests;
      input.write(`${JSON.stringify({ number, method, params })}\n`);
      return reply((one) => 'number' in one && one.number === number);
    },
    end: () => input.destroy(),
  };
}

const printsItsId =
  'console.log(process.pid); require("http").createServer((q, r) => r.end()).listen(process.env.PORT)';

const launchOf = (id: number, script: string) => ({
  id,
  server: {
    name: 'mine',
    shownAs: 'mine',
    commandLine: `${process.execPath} -e '${script}'`,
    readyPath: '/',
  },
  host: '127.0.0.1',
  workers: 1,
  backlog: 16,
  insecure: false,
  environment: {},
});

describe('an agent', () => {
  test('says its version first', async () => {
    const { reply } = startAgent();
    expect(await reply(() => true)).toEqual({ type: 'ready', version: benchVersion });
  });

  test('ends the servers that it started, and then itself, when its input ends', async () => {
    const { call, end, ended } = startAgent();
    expect(await call('launch', launchOf(1, printsItsId))).toMatchObject({ type: 'result' });
    const tail = await call('output-tail', { id: 1 });
    const pid = Number(tail.type === 'result' && tail.result);
    expect(groupIsAlive(pid)).toBe(true);
    end();
    await ended;
    expect(groupIsAlive(pid)).toBe(false);
  });

  test('ends when it has heard nothing for a while', async () => {
    await expect(startAgent(10).ended).resolves.toBeUndefined();
  });

  test('reports that a server has ended', async () => {
    const { call, reply } = startAgent();
    await call('launch', launchOf(7, `setTimeout(() => process.exit(5), 300); ${printsItsId}`));
    expect(await reply(({ type }) => type === 'exited')).toMatchObject({ id: 7, code: 5 });
  });

  test('says why a server cannot be started', async () => {
    const { call } = startAgent();
    const answer = await call('launch', launchOf(1, 'process.exit(4)'));
    expect(answer).toMatchObject({ type: 'error', failure: 'died-at-boot' });
    expect(answer).toMatchObject({ message: expect.stringContaining('exited with status 4') });
  });

  test('refuses what it does not know, and goes on', async () => {
    const { call } = startAgent();
    expect(await call('fly')).toMatchObject({ type: 'error', message: 'unknown method fly' });
    expect(await call('stop', { id: 3 })).toMatchObject({ message: 'no server 3 was started' });
    expect(await call('stop', { id: 'x' })).toMatchObject({ type: 'error' });
    expect(await call('ping')).toMatchObject({ type: 'result' });
  });
});
