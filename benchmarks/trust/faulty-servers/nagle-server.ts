import { createServer } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';

/** An HTTP server that sends each answer's head and body apart, and leaves Nagle's algorithm on. */
const server = createServer({ noDelay: false }, (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 3 });
  response.flushHeaders();
  void turn().then(() => response.end('ok\n'));
});
server.listen(Number(process.env['PORT']), process.env['HOST']);
process.once('SIGTERM', () => process.exit(0));
