import type { Disturbance, PlannedServer } from '../../results/document/run-document.ts';
import { plural } from '../../results/format.ts';

/** What sentences call the servers and workloads that this project ships; any other goes by its own name. */
const servers: ReadonlyMap<string, string> = new Map([
  ['event-loop', 'the event loop'],
  ['prefork', 'prefork'],
  ['pool', 'the pool'],
  ['threads', 'the threads model'],
  ['express', 'Express'],
  ['express-cluster', 'Express under node:cluster'],
  ['go-net-http', 'Go’s net/http'],
  ['uwsgi-flask', 'Flask on uWSGI'],
  ['uwsgi-django', 'Django on uWSGI'],
  ['gunicorn-sync', 'Flask on gunicorn'],
  ['gunicorn-gthread', 'Flask on gunicorn’s threads'],
]);

const workloads: ReadonlyMap<string, string> = new Map([
  ['hello', 'requests without work'],
  ['io', 'I/O-bound work'],
  ['cpu', 'CPU-bound work'],
  ['mixed', 'mixed work'],
  ['fanout', 'fan-out work'],
  ['users', 'thousands of users at once'],
  ['password', 'password hashing'],
  ['logins', 'logins beside light work'],
  ['image', 'image processing'],
  ['crud', 'work with a database'],
  ['product', 'reading a row'],
  ['products', 'listing rows'],
  ['order', 'updating a row'],
  ['upload', 'uploads'],
]);

export const serverInWords = (name: string): string => servers.get(name) ?? name;
export const workloadInWords = (name: string): string => workloads.get(name) ?? name;

const windows: Readonly<Record<Disturbance['window'], string>> = {
  closed: 'closed loop',
  shared: 'open loop, shared rate',
  alone: 'open loop, first class alone',
  proportional: 'open loop, proportional rate',
  curve: 'load curve',
};

export const windowInWords = (window: Disturbance['window']): string => windows[window];

/** "2 workers"; null where the number is unknown, as for a user's own server. */
export const workersInWords = ({ workers }: PlannedServer): string | null =>
  workers === null ? null : plural(workers, 'worker');

/** With a capital letter at the beginning; "p95" has none. */
export const capitalised = (text: string): string =>
  /^p\d/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);

/** A clause as a sentence; a user's own server or path keeps its letters, even at the beginning. */
export const sentence = (clause: string, names: readonly string[] = []): string =>
  `${names.some((name) => !servers.has(name) && clause.startsWith(name)) ? clause : capitalised(clause)}.`;
