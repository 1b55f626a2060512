import { z } from 'zod';
import { lessonModels, lessonWorkloads } from '../../results/lesson/claims.ts';
import { servers } from '../../servers/index.ts';
import { profiles } from '../plan/budget.ts';
import { run } from './run.ts';

const flagsSchema = z.looseObject({});

/** The reference of each model that the lesson names; Express on one thread, Flask on uWSGI, and Go. */
const lessonReferences = ['express', 'uwsgi-flask', 'go-net-http'];

/**
 * `bench lesson`: one run of at most 15 minutes that measures what the claims of the lesson are about, on the models and
 * on the references that can run here.
 */
export async function lesson(rawFlags: unknown): Promise<void> {
  const model = [...lessonModels, ...(await availableReferences())].join(',');
  const flags = { ...flagsSchema.parse(rawFlags), model, workload: lessonWorkloads.join(',') };
  await run(flags, { profile: profiles.lesson });
}

/** The references that are set up; the others are reported on standard error, with what helps. */
async function availableReferences(): Promise<string[]> {
  const found = servers.filter(({ name }) => lessonReferences.includes(name));
  const available: string[] = [];
  for (const server of found) {
    const state = await server.probe();
    if (state.available) available.push(server.name);
    else process.stderr.write(`without ${server.name}: ${state.reason}; ${state.advice}\n`);
  }
  return available;
}
