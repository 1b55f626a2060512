import { once } from 'node:events';
import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { keepOutputTail } from './diagnostics.ts';

async function tailOf(...pieces: string[]): Promise<string> {
  const stream = Readable.from(
    pieces.map((piece) => Buffer.from(piece)),
    { objectMode: false },
  );
  const tail = keepOutputTail(stream);
  await once(stream, 'end');
  return tail();
}

test('the kept end of an output begins with a whole line, where it has one', async () => {
  expect(await tailOf(`secret ${'x'.repeat(20_000)}\nlast`, ' line\n')).toBe('last line');
  expect(await tailOf('x'.repeat(20_000), '\n')).toMatch(/^x{16000}/);
});
