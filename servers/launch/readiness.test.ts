import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { readinessOf, waitUntilReady } from './readiness.ts';

const pem = readFileSync(new URL('../../test/fixtures/localhost.pem', import.meta.url));
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function find(server: Server, insecure = true) {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const signal = AbortSignal.timeout(5_000);
  const polling = { signal, insecure, note: () => {} };
  const found = await waitUntilReady(readinessOf(`http://127.0.0.1:${port}`, '/ready'), polling);
  return { ...found, url: found.url.replace(String(port), 'PORT') };
}

const secure = () => createHttpsServer({ key: pem, cert: pem }, (_, response) => response.end());
const secureUrl = 'https://localhost:PORT/ready';

test('a server that closes a connection without TLS is found to be ready by HTTPS', async () => {
  expect(await find(secure())).toEqual({ url: secureUrl });
});

test('so is one that answers plain HTTP with status 400', async () => {
  const https = secure();
  const either = createServer((socket) => {
    socket.once('data', (data) => {
      if (data[0] !== 22)
        return socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
      socket.pause();
      socket.unshift(data);
      return https.emit('connection', socket);
    });
    socket.on('error', () => {});
  });
  expect(await find(either)).toEqual({ url: secureUrl });
});

test('a server without TLS may answer 400', async () => {
  const http = createHttpServer((_, response) => response.writeHead(400).end());
  expect(await find(http)).toEqual({ url: 'http://127.0.0.1:PORT/ready' });
});

test('a certificate that cannot be verified ends the wait, with what to do', async () => {
  const { url, certificate } = await find(secure(), false);
  expect(url).toBe(secureUrl);
  expect(certificate).toMatch(/^its certificate .*self-signed.*NODE_EXTRA_CA_CERTS/);
});
