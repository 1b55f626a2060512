import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Whether it came over a connection that had carried an answer before. */
  readonly reused: boolean;
}

/** Asks once: over a connection of its own, unless given an agent. */
export async function ask(url: string, target: string, question: Question = {}): Promise<Answer> {
  const {
    method = 'GET',
    headers = {},
    agent = new Agent({ keepAlive: true, maxSockets: 1 }),
  } = question;
  const { hostname, port } = new URL(url);
  const asked = request({ hostname, port, path: target, method, headers, agent }).end();
  const [response]: [IncomingMessage] = (await once(asked, 'response')) as [IncomingMessage];
  response.setEncoding('utf8');
  const body = (await response.toArray()).join('');
  if (agent !== question.agent) agent.destroy();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body,
    reused: asked.reusedSocket,
  };
}

/** Sends bytes over a connection of their own, and reads until the server closes it. */
export async function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.write(text);
  return (await socket.toArray()).join('');
}
