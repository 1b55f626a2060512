/** The models and the workloads that the lesson is about. */
export const lessonModels = ['event-loop', 'prefork', 'pool'] as const;
export const lessonWorkloads = ['io', 'cpu', 'mixed', 'crud', 'image', 'users'] as const;

type Role = (typeof lessonModels)[number];

/** One server is at least this many times as good as another under a workload. */
export interface Better {
  readonly kind: 'better';
  readonly ahead: Role;
  readonly behind: Role;
  readonly workload: (typeof lessonWorkloads)[number];
  /** `throughput`, or the class of requests whose response time counts. */
  readonly by: 'throughput' | { readonly className: string };
  readonly atLeast: number;
  /** Set where the server ahead is ahead because it uses several CPUs. */
  readonly parallel?: true;
}

/** A server has no more requests in flight than workers, which are processes: by Little's law, throughput × the wait of each. */
interface OneAtATime {
  readonly kind: 'one-at-a-time';
  readonly role: Role;
}

export interface Claim {
  /** A sentence of the lesson. */
  readonly sentence: string;
  /** What has to hold, all of it. */
  readonly tests: readonly (Better | OneAtATime)[];
  /** Set where references cannot show it: they differ by language too. */
  readonly modelsOnly?: true;
}

/** Two servers are as good if one has at least this share of the other's throughput. */
const asGood = 0.9;
/** From here on, a difference decides. */
const clearly = 1.2;
/** Far more than noise or language explains: with so many users, a server that holds a worker for each is this far behind. */
const byFar = 10;

type Pair = readonly [ahead: Role, behind: Role];

const better = (
  [ahead, behind]: Pair,
  workload: Better['workload'],
  atLeast: number,
  more: Partial<Pick<Better, 'by' | 'parallel'>> = {},
): Better => ({ kind: 'better', ahead, behind, workload, by: 'throughput', atLeast, ...more });

const parallel = { parallel: true } as const;

/** The lesson in claims that a run can support or not. */
export const claims: readonly Claim[] = [
  {
    sentence: 'Go is great whether the work is I/O- or CPU-bound.',
    tests: (['io', 'cpu'] as const).flatMap((workload) => [
      better(['pool', 'event-loop'], workload, asGood),
      better(['pool', 'prefork'], workload, asGood),
    ]),
  },
  {
    sentence: 'Node.js and Express work well for I/O …',
    tests: [
      better(['event-loop', 'pool'], 'io', asGood),
      better(['event-loop', 'prefork'], 'io', asGood),
    ],
  },
  {
    sentence: '… but struggle with CPU-bound tasks.',
    tests: [better(['pool', 'event-loop'], 'cpu', clearly, parallel)],
  },
  {
    sentence: 'On one event loop, a heavy request delays the light ones.',
    tests: [better(['pool', 'event-loop'], 'mixed', clearly, { by: { className: 'light' } })],
  },
  {
    sentence: 'Node.js and Express suit CRUD apps with a database.',
    tests: [better(['event-loop', 'pool'], 'crud', asGood)],
  },
  {
    sentence: 'Node.js and Express do not suit image processing.',
    tests: [better(['pool', 'event-loop'], 'image', clearly, parallel)],
  },
  {
    sentence: 'Python serves one request at a time per process.',
    tests: [{ kind: 'one-at-a-time', role: 'prefork' }],
  },
  {
    sentence: 'uWSGI preforks processes to use every core.',
    tests: [better(['prefork', 'event-loop'], 'cpu', clearly, parallel)],
    modelsOnly: true,
  },
  {
    sentence: 'Ten thousand users at once need waits that hold no worker.',
    tests: [
      better(['event-loop', 'prefork'], 'users', byFar),
      better(['pool', 'prefork'], 'users', byFar),
    ],
  },
];
