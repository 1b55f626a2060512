/** How sentences call the servers and workloads that this project ships; any other goes by its own name. */
const servers: Readonly<Record<string, string>> = {
  'event-loop': 'the event loop',
  pool: 'the pool',
  express: 'Express',
  'go-net-http': 'Go’s net/http',
  'uwsgi-flask': 'Flask on uWSGI',
  'uwsgi-django': 'Django on uWSGI',
};

const workloads: Readonly<Record<string, string>> = {
  hello: 'requests that need no work',
  io: 'I/O-bound work',
  cpu: 'CPU-bound work',
  mixed: 'mixed work',
};

const own = (words: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined;

export const serverInWords = (name: string): string => own(servers, name) ?? name;
export const workloadInWords = (name: string): string => own(workloads, name) ?? name;

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
