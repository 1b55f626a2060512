import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { servers } from '../index.ts';
import { launch } from '../launch/launch.ts';
import { choosePort } from '../launch/ports.ts';
import type { RunningServer } from '../server.ts';
import { answerChecks } from './answers.ts';
import { type Subject, skipReasonOf } from './check.ts';
import { connectionChecks } from './connections.ts';
import { traceChecks } from './traces.ts';

/** The rules of docs/wire-contract.md for every server, models and references alike. */
const checks = [...answerChecks, ...connectionChecks, ...traceChecks];

const workers = 2;
const required = process.env['REQUIRE_REFERENCES'] === '1';
const candidates = await Promise.all(
  servers.map(async (server) => ({ server, availability: await server.probe() })),
);

for (const { server, availability } of candidates) {
  const missing = availability.available ? '' : ` (skipped: ${availability.reason})`;
  const describeHere = missing && !required ? describe.skip : describe;
  describeHere(`${server.name}${missing}`, () => {
    const start = async () =>
      await launch(server, { host: '127.0.0.1', port: await choosePort(), workers, backlog: 4096 });
    let running: RunningServer;
    let subject: Subject;

    beforeAll(async () => {
      running = await start();
      subject = { server, url: running.url, workers, start };
    });
    afterAll(async () => await running?.stop());

    for (const check of checks) {
      const skipReason = skipReasonOf(check, server);
      const testHere = skipReason === undefined ? test : test.skip;
      const name = skipReason === undefined ? check.name : `${check.name} (skipped: ${skipReason})`;
      testHere(name, async () => await check.run(subject));
    }
  });
}
