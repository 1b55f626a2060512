import { runAgent } from '../machine/agent.ts';

/** `bench agent`: what `--server-on` starts on the machine of the servers; ends with its input. */
export async function agent(): Promise<void> {
  await runAgent(process.stdin, process.stdout);
  process.exit();
}
