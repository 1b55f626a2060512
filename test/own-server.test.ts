import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readRunDocument } from '../results/document/read.ts';
import { bench, leftovers, newFolder, removeFolders, startBench } from './bench.ts';

afterAll(removeFolders);

const short = [
  '--quick',
  '--duration',
  '200ms',
  '--blocks',
  '1',
  '--connections',
  '4',
  '--out',
  '.',
];

const answering = (answer: string) =>
  `require('node:http').createServer((_, response) => { ${answer} }).listen(process.env.PORT, '127.0.0.1');`;

/** A folder with a program in it, and the command line that runs it. */
async function program(source: string) {
  const folder = await newFolder();
  await writeFile(join(folder, 'server.cjs'), source);
  return { folder, exec: `${process.execPath} server.cjs` };
}

async function trialsIn(folder: string) {
  return readRunDocument(await readFile(join(folder, 'run.json'), 'utf8')).trials;
}

describe('a server of the user’s own', () => {
  test('is measured on its path beside a model on its workload', async () => {
    const { folder, exec } = await program(answering("response.end('mine');"));
    const { code, stderr } = await bench(
      ['run', '--exec', exec, '--name', 'mine', '--path', '/api/users']
        .concat('--model', 'event-loop', '--workload', 'hello')
        .concat(short),
      folder,
    );
    expect(stderr).not.toContain('failed');
    expect(code).toBe(0);
    const cells = (await trialsIn(folder)).map(({ server, workload, status }) => [
      server,
      workload,
      status,
    ]);
    expect(cells).toContainEqual(['mine', '/api/users', 'ok']);
    expect(cells).toContainEqual(['event-loop', 'hello', 'ok']);
    expect(cells).toHaveLength(2);
  });

  test('that runs already is measured by its URL and left running', async () => {
    // Few requests and a long window, which no other program makes void: the note stands beside numbers.
    const server = createServer((_, response) => setTimeout(() => response.end('here'), 20));
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const folder = await newFolder();
    const url = `http://127.0.0.1:${port}/x`;
    const { code, stdout } = await bench(
      ['run', '--url', url, ...short, '--duration', '2s'],
      folder,
    );
    const stillAnswers = await fetch(url);
    server.close();
    server.closeAllConnections();
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain('ran already and was not started afresh');
    expect(stillAnswers.ok).toBe(true);
    expect(await trialsIn(folder)).toMatchObject([{ server: url, workload: '/x', status: 'ok' }]);
  });

  test.each([
    [
      'dies at once',
      "console.error('no database'); process.exit(3);",
      'exited with status 3',
      'no database',
    ],
    [
      'answers with errors',
      answering('response.statusCode = 404; response.end();'),
      'status 404',
      '',
    ],
    [
      'prints megabytes and dies',
      "process.stdout.write('x'.repeat(5e6), () => { console.error('the end'); process.exit(1); });",
      'exited with status 1',
      'the end',
    ],
  ])(
    'that %s fails with its reason and its last words, and the rest goes on',
    async (_, source, reason, words) => {
      const { folder, exec } = await program(source);
      const running = await startBench(
        ['run', '--exec', exec, '--name', 'broken', '--path', '/', '--model', 'event-loop']
          .concat('--workload', 'hello')
          .concat(short),
        folder,
      );
      const { code, stderr } = await running.outcome;
      expect(code).toBe(1);
      expect(stderr).toContain(reason);
      expect(stderr).toContain(words);
      expect(stderr.length).toBeLessThan(20_000);
      const byServer = new Map(
        (await trialsIn(folder)).map((trial) => [trial.server, trial.status]),
      );
      expect(byServer.get('broken')).toBe('failed');
      expect(byServer.get('event-loop')).toBe('ok');
      expect(await leftovers(running)).toEqual([]);
    },
  );

  test.each([
    [['--url', 'http://192.0.2.1/'], 'add --allow-remote'],
    [['--url', 'nonsense'], 'must be an http URL'],
    [['--path', '/x'], '--path goes with --exec or --url'],
    [['--exec', 'a', '--exec', 'a'], 'tell them apart with --name'],
    [['--exec', 'a', '--path', 'no slash'], '--path must start with one /'],
    [['--exec', 'a', '--path', '//127.0.0.2/x'], '--path must start with one /'],
    [['--exec', ' '], '--exec must be a command'],
    [['--url', 'http://me:secret@localhost/'], 'must not hold a user or a password'],
    [['--cpus', '4000'], 'There is no CPU 4000 to use here'],
    [['--exec', 'a', '--name', 'b', '--name', 'c'], '"c" names no server'],
  ])('%j is refused in a sentence', async (args, words) => {
    const { code, stderr } = await bench(['run', ...args]);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });
});
