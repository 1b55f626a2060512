import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { servers } from '../index.ts';
import { launch } from '../launch/launch.ts';
import { choosePort } from '../launch/ports.ts';
import type { RunningServer } from '../server.ts';
import { conformanceChecks, type Subject } from './conformance.ts';

const workers = 2;
const required = process.env['REQUIRE_REFERENCES'] === '1';
const candidates = await Promise.all(
  servers.map(async (server) => ({ server, availability: await server.probe() })),
);

for (const { server, availability } of candidates) {
  const missing = availability.available ? '' : ` (not here: ${availability.reason})`;
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

    // Each check asserts by itself.
    // oxlint-disable-next-line jest/expect-expect
    test.each(conformanceChecks)('$name', async (check) => await check.run(subject));
  });
}
