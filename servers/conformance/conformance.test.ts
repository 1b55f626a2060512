import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { workloads } from '../../workloads/index.ts';
import type { Database } from '../database/database.ts';
import { temporarySchema } from '../database/schema.ts';
import { startPostgres } from '../database/start-postgres.ts';
import { servers } from '../index.ts';
import { launch } from '../launch/launch.ts';
import { choosePort } from '../launch/ports.ts';
import type { RunningServer } from '../server.ts';
import { answerChecks } from './answers.ts';
import { bodyChecks } from './bodies.ts';
import { type Subject, skipReasonOf } from './check.ts';
import { connectionChecks } from './connections.ts';
import { databaseChecks } from './database.ts';
import { traceChecks } from './traces.ts';

/** The rules of docs/wire-contract.md for every server, models and references alike. */
const checks = [
  ...answerChecks,
  ...bodyChecks,
  ...connectionChecks,
  ...traceChecks,
  ...databaseChecks,
];

const workers = 2;
/** Enough for all instances that a check runs at the same time. */
const connections = 100;
const seeds = new Set(workloads.flatMap(({ database }) => database ?? []));
const required = process.env['REQUIRE_REFERENCES'] === '1';
const candidates = await Promise.all(
  servers.map(async (server) => ({ server, availability: await server.probe() })),
);

let database: Database;
let databaseUrl: string;

beforeAll(async () => {
  database = await startPostgres({ connections });
  const schema = temporarySchema(database);
  await schema.restore([...seeds].join(''));
  databaseUrl = schema.url;
});
afterAll(async () => await database?.stop());

for (const { server, availability } of candidates) {
  const missing = availability.available ? '' : ` (skipped: ${availability.reason})`;
  const describeHere = missing && !required ? describe.skip : describe;
  describeHere(`${server.name}${missing}`, () => {
    const start = async (environment: Readonly<Record<string, string>> = {}) => {
      const where = { host: '127.0.0.1', port: await choosePort() };
      return launch(
        server,
        { ...where, workers, backlog: 4096 },
        { environment: { DATABASE_URL: databaseUrl, ...environment } },
      );
    };
    let running: RunningServer;
    let subject: Subject;

    beforeAll(async () => {
      running = await start();
      subject = { server, url: running.url, workers, databaseUrl, start };
    });
    afterAll(async () => await running?.stop());

    for (const check of checks) {
      const skipReason = skipReasonOf(check, server);
      const testHere = skipReason === undefined ? test : test.skip;
      const name = skipReason === undefined ? check.name : `${check.name} (skipped: ${skipReason})`;
      testHere(name, async () => {
        await check.run(subject).catch((error: unknown) => {
          const output = running.outputTail();
          throw output === ''
            ? error
            : new Error(`the server printed: ${output}`, { cause: error });
        });
      });
    }
  });
}
