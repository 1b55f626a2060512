import { pathToFileURL } from 'node:url';
import { eventLoop } from '../../servers/event-loop/server.ts';

const [main = ''] = eventLoop.command({ host: '', port: 0, workers: 1, backlog: 1 }).arguments;

/** The command line that runs one of our TypeScript programs as a server of one's own. */
export function nodeCommand(path: string, environment: Record<string, string | number> = {}) {
  const settings = Object.entries(environment).map(([name, value]) => quoted(`${name}=${value}`));
  return ['env', ...settings, quoted(process.execPath), quoted(path)].join(' ');
}

/** The command line of the event-loop model, with a handler of another module in place of the application if given. */
export function eventLoopCommand(
  handlerPath?: string,
  environment: Record<string, string | number> = {},
): string {
  const handler = handlerPath ? { HANDLER: pathToFileURL(handlerPath).href } : {};
  return nodeCommand(main, { ...handler, ...environment });
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
