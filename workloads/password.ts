import { type BinaryLike, pbkdf2, pbkdf2Sync } from 'node:crypto';
import { promisify } from 'node:util';
import type { Task } from './runtime.ts';
import type { Workload } from './workload.ts';

export const iterations = {
  default: 150_000,
  minimum: 1,
  maximum: 1_000_000,
  unit: '',
  about: 'iterations of PBKDF2; the cost of a request is proportional to it',
} as const;

const parameters = { iterations };

const password: BinaryLike = 'correct horse battery staple';
const salt: BinaryLike = 'concurrency-bench';
const keyBytes = 32;
const digest = 'sha256';

const inHex = (key: Buffer) => key.toString('hex');

/**
 * PBKDF2-HMAC-SHA256 (RFC 8018): a key of 32 bytes, in hexadecimal.
 *
 * @public for worker threads
 */
export const hashPasswordTask: Task<number, string> = {
  moduleUrl: import.meta.url,
  exportName: 'hashPasswordTask',
  run: (iterations) => inHex(pbkdf2Sync(password, salt, iterations, keyBytes, digest)),
  runInBackground: async (iterations) =>
    inHex(await promisify(pbkdf2)(password, salt, iterations, keyBytes, digest)),
};

const answer = (iterations: number, hash: string) => `pbkdf2(${iterations}) = ${hash}\n`;

/** Hashing a password as a login does: a computation that Node.js makes in threads of its own. */
export const passwordHash: Workload<typeof parameters> = {
  name: 'password',
  summary: 'each request hashes a password, as a login does',
  parameters,
  demand: {
    requestClass: 'password',
    repeatedBy: 'iterations',
    inPieces: (values) => ({ ...values, iterations: 1 }),
  },
  async handle({ iterations }, runtime) {
    return answer(iterations, await runtime.compute(hashPasswordTask, iterations));
  },
  requests: ({ iterations }) => [
    {
      name: 'password',
      weight: 1,
      path: `/password?iterations=${iterations}`,
      expectedBody: answer(iterations, hashPasswordTask.run(iterations)),
      waitMs: 0,
      computesInBackground: true,
    },
  ],
};
