import assert from 'node:assert/strict';
import { endpoints } from '../../workloads/endpoints.ts';
import { withConnection } from '../database/connection.ts';
import { choosePort } from '../launch/ports.ts';
import type { Server } from '../server.ts';
import { ask, type Check, expectAnswer, type Subject } from './check.ts';

const unavailable = { status: 503, body: 'the database is not available\n' };

/** The endpoints of a server that need a database. */
const endpointsWithDatabase = ({ serves }: Server) =>
  endpoints.filter(({ name, database }) => database && (serves?.includes(name) ?? true));

/** How often a product has been ordered. */
async function soldOf({ databaseUrl }: Subject, id: number): Promise<number> {
  return withConnection(databaseUrl, async (client) => {
    const sql = 'SELECT sold FROM products WHERE id = $1';
    const { rows } = await client.query<{ sold: number }>(sql, [id]);
    return rows[0]?.sold ?? Number.NaN;
  });
}

/** The connections to a database, beside the one that counts them. */
const connectionsTo = (url: string): Promise<number> =>
  withConnection(url, async (client) => {
    const sql = `
      SELECT count(*)::int AS opened FROM pg_stat_activity
      WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;
    const { rows } = await client.query<{ opened: number }>(sql);
    return rows[0]?.opened ?? Number.NaN;
  });

/** What a server does with its database, beside its answers. */
export const databaseChecks: readonly Check[] = [
  {
    name: '/order changes the row once for each of many concurrent requests',
    endpoint: 'order',
    async run(subject) {
      const [id, count] = [4711, 40];
      const before = await soldOf(subject, id);
      const body = `ordered: product ${id} costs ${100 + ((id * 7919) % 9900)}\n`;
      const expected = { target: `/order?id=${id}`, status: 200, body };
      await Promise.all(Array.from({ length: count }, () => expectAnswer(subject.url, expected)));
      assert.equal(await soldOf(subject, id), before + count);
    },
  },
  {
    name: 'opens at most 10 connections to the database, or one for each worker',
    endpoint: 'product',
    async run({ url, databaseUrl, workers }) {
      const requests = Array.from({ length: 60 }, () => ask(url, '/product?id=17'));
      const answers = await Promise.all(requests);
      assert.ok(answers.every(({ status }) => status === 200));
      const opened = await connectionsTo(databaseUrl);
      assert.ok(opened >= 1 && opened <= Math.max(10, workers), `${opened} connections are open`);
    },
  },
  {
    name: 'answers 503 with a short text while it has no database, and serves the rest',
    skipReason: (server) =>
      endpointsWithDatabase(server).length > 0 ? undefined : 'it serves nothing with a database',
    async run({ server, start }) {
      const nobody = `postgres://bench:secret@127.0.0.1:${await choosePort()}/bench`;
      for (const url of ['', nobody]) {
        const running = await start({ DATABASE_URL: url });
        try {
          for (const { name } of endpointsWithDatabase(server)) {
            await expectAnswer(running.url, { target: `/${name}`, ...unavailable });
          }
          await expectAnswer(running.url, {
            target: '/hello',
            status: 200,
            body: 'hello, world\n',
          });
          assert.doesNotMatch(running.outputTail(), /secret/);
        } finally {
          await running.stop();
        }
      }
    },
  },
];
