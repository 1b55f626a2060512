import { createServer } from 'node:http';
import { hello } from '../workloads/hello.ts';

/** What a server on `node:http` costs at the very least: the hello workload's answer, and nothing around it. */
const body = hello.requests({})[0]?.expectedBody ?? '';
const headers = {
  'Content-Type': 'text/plain; charset=utf-8',
  'Content-Length': Buffer.byteLength(body),
};

createServer((_request, response) => {
  response.writeHead(200, headers);
  response.end(body);
}).listen({
  host: process.env['HOST'],
  port: Number(process.env['PORT']),
  backlog: Number(process.env['BACKLOG']),
});
process.once('SIGTERM', () => process.exit(0));
