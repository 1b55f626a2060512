import { createServer, type RequestListener } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hello } from '../workloads/hello.ts';

/**
 * The least that a server on `node:http` can be: the answer of the hello workload, and nothing around it. With the
 * argument `nagle`, it leaves Nagle's algorithm on and sends the head of an answer apart from the body.
 */
const body = hello.requests({})[0]?.expectedBody ?? '';
const headers = {
  'Content-Type': 'text/plain; charset=utf-8',
  'Content-Length': Buffer.byteLength(body),
};
const answer: RequestListener = (_request, response) => {
  response.writeHead(200, headers);
  response.end(body);
};
const answerInTwoParts: RequestListener = (_request, response) => {
  response.writeHead(200, headers);
  response.flushHeaders();
  void nextTurn().then(() => response.end(body));
};

const nagle = process.argv[2] === 'nagle';
createServer({ noDelay: !nagle }, nagle ? answerInTwoParts : answer).listen({
  host: process.env['HOST'],
  port: Number(process.env['PORT']),
  backlog: Number(process.env['BACKLOG']),
});
process.once('SIGTERM', () => process.exit(0));
