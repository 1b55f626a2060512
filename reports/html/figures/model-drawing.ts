import { type Html, html, trusted } from '../../drawing/markup.ts';
import type { SegmentKind } from '../../timeline/segment.ts';

interface Drawing {
  readonly width: number;
  readonly height: number;
  /** The drawing in words. */
  readonly description: string;
  readonly marks: readonly string[];
}

/** A request, in the colours of the timeline: queued, waiting or computing. */
const request = (kind: SegmentKind, x: number, y: number) =>
  `<circle class="${kind} flat" cx="${x}" cy="${y}" r="4.5"/>`;
const requests = (kind: SegmentKind, x: number, y: number, count: number) =>
  Array.from({ length: count }, (_, index) => request(kind, x + 13 * index, y)).join('');
const box = (x: number, y: number, width: number) =>
  `<rect class="box" x="${x}" y="${y}" width="${width}" height="24" rx="4"/>`;
const label = (x: number, y: number, text: string) => `<text x="${x}" y="${y}">${text}</text>`;
const arrow = (x: number, y: number) => `<path class="arrow" d="M${x} ${y}h18m-5-4 5 4-5 4"/>`;
const toAndFro = (x: number, y: number) =>
  `<path class="arrow" d="M${x} ${y}v16m-4-5 4 5 4-5m10 5v-16m-4 5 4-5 4 5"/>`;

/** A thread or process with its request. */
const worker = (x: number, y: number, width: number, kind: SegmentKind, text: string) =>
  `${box(x, y, width)}${request(kind, x + 13, y + 12)}${label(x + 24, y + 16, text)}`;

const drawings: Readonly<Record<string, Drawing>> = {
  'event-loop': {
    width: 226,
    height: 70,
    description:
      'Requests queue for one thread, which computes one request at a time; any number of waits are parked beside it.',
    marks: [
      requests('queued', 6, 13, 3),
      arrow(42, 13),
      worker(66, 1, 134, 'computing', 'one thread'),
      arrow(205, 13),
      toAndFro(84, 30),
      requests('waiting', 73, 58, 5),
      label(140, 62, 'waits, parked'),
    ],
  },
  prefork: {
    width: 226,
    height: 84,
    description:
      'Requests queue for worker processes; each holds one request until it is answered, even while the request waits.',
    marks: [
      requests('queued', 6, 42, 3),
      arrow(42, 42),
      worker(66, 1, 134, 'computing', 'a process'),
      worker(66, 30, 134, 'waiting', 'a process, held'),
      worker(66, 59, 134, 'waiting', 'a process, held'),
      arrow(205, 42),
    ],
  },
  pool: {
    width: 334,
    height: 70,
    description:
      'A netpoller thread accepts every request and parks any number of waits; computations wait in one run queue for worker threads, which compute in parallel.',
    marks: [
      box(1, 1, 78),
      label(14, 17, 'netpoller'),
      toAndFro(20, 30),
      requests('waiting', 8, 58, 5),
      label(76, 62, 'waits, parked'),
      arrow(84, 13),
      requests('queued', 112, 13, 3),
      arrow(148, 13),
      worker(174, 1, 134, 'computing', 'a thread'),
      worker(174, 30, 134, 'computing', 'a thread'),
      arrow(313, 28),
    ],
  },
  threads: {
    width: 334,
    height: 70,
    description:
      'A thread accepts each connection and hands it to one of several event loops, each in a thread of its own; a loop computes one request at a time, and any number of its waits are parked beside it.',
    marks: [
      box(1, 15, 78),
      label(14, 31, 'acceptor'),
      ...[0, 29].flatMap((y) => [
        arrow(84, y + 13),
        requests('queued', 112, y + 13, 2),
        worker(136, y + 1, 110, 'computing', 'a thread'),
        requests('waiting', 260, y + 13, 5),
      ]),
      label(252, 68, 'waits, parked'),
    ],
  },
};

/** How a model serves requests, as a small drawing; null for any other server. */
export function drawModel(model: string): Html | null {
  const drawing = Object.hasOwn(drawings, model) ? drawings[model] : undefined;
  if (!drawing) return null;
  const { width, height, description, marks } = drawing;
  return html`<svg class="${`model color-${model}`}" width="${width}" height="${height}" viewBox="${`0 0 ${width} ${height}`}" role="img" aria-label="${description}">${trusted(marks.join(''))}</svg>`;
}
