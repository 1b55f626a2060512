import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { addressOf } from './connections.ts';

test('an address is itself, without the brackets of a URL', async () => {
  expect(await addressOf('127.0.0.1', 1)).toBe('127.0.0.1');
  expect(await addressOf('[::1]', 1)).toBe('::1');
});

test('a name becomes the address that accepts', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await addressOf('localhost', port)).toBe('127.0.0.1');
  server.close();
  server.closeAllConnections();
  expect(await addressOf('localhost', port)).toBe('localhost');
});
