import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { readEnvironment } from '../probes/environment.ts';
import { localMachine } from './local-machine.ts';
import { openRemoteMachine } from './remote-machine.ts';
import type { ServerMachine } from './server-machine.ts';

export const serverFlagsSchema = z.object({
  /** The prefix that leads to the machine; this machine if left out. */
  serverOn: z.string().optional(),
  /** The command of bench there. */
  serverBench: z.string().optional(),
});

/** Works with the machine of the servers, and ends what was started to reach it. */
export async function withServerMachine<Result>(
  { serverOn, serverBench }: z.infer<typeof serverFlagsSchema>,
  work: (machine: ServerMachine) => Promise<Result>,
): Promise<Result> {
  if (serverOn === undefined) {
    if (serverBench !== undefined) throw new UsageError('--server-bench needs --server-on.');
    return work(localMachine(await readEnvironment()));
  }
  if (serverOn.trim() === '') {
    throw new UsageError('--server-on must be the beginning of a command, such as "ssh app1".');
  }
  const machine = await openRemoteMachine(serverOn, serverBench);
  try {
    return await work(machine);
  } finally {
    await machine.close();
  }
}
