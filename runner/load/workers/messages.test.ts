import { expect, test } from '@jest/globals';
import type { Load } from '../load.ts';
import { fromText, readWorkerMessage, toText, workerCommandSchema } from './messages.ts';

const load: Load = {
  loop: 'closed',
  host: '127.0.0.1',
  port: 80,
  connections: 1,
  warmupSeconds: 0,
  windowSeconds: 1,
  timeoutSeconds: 1,
  seed: 1,
  classes: [{ name: 'a', weight: 1, path: '/', body: '@bytes', expectedBody: null }],
};

test('a load arrives as it was sent, with the bytes of its bodies', () => {
  const bytes = Uint8Array.from([0, 255, 128, 10]);
  for (const body of [bytes, Buffer.from(bytes), '@bytes', '{"@bytes":"AA=="}']) {
    const sent = {
      type: 'run' as const,
      awaitStart: true,
      load: {
        ...load,
        classes: [{ name: 'a', weight: 1, path: '/', body, expectedBody: bytes }],
      },
    };
    const arrived = workerCommandSchema.parse(fromText(toText(sent)));
    const [requestClass] = arrived.type === 'run' ? arrived.load.classes : [];
    const expected = typeof body === 'string' ? body : Buffer.from(bytes);
    expect(requestClass).toMatchObject({ body: expected, expectedBody: Buffer.from(bytes) });
  }
});

test('what is no command is refused', () => {
  expect(() => workerCommandSchema.parse(fromText('{"type":"run","load":{}}'))).toThrow('loop');
  expect(() => fromText('ping')).toThrow(SyntaxError);
});

test('what no load worker sends is no message', () => {
  const hello = {
    type: 'hello',
    name: 'one',
    benchVersion: '1.0.0',
    cpus: 1,
    openFiles: null,
    machine: null,
  };
  expect(readWorkerMessage(JSON.stringify(hello))).toEqual(hello);
  const others = [{ type: 'goodbye' }, { ...hello, cpus: 0 }, { ...hello, name: '\u001B[31mone' }];
  for (const text of ['not JSON', ...others.map((one) => JSON.stringify(one))]) {
    expect(readWorkerMessage(text)).toBeNull();
  }
});
