import { writeSync } from 'node:fs';
import { benchProgram, main } from '../../runner/cli.ts';
import { run } from '../../runner/commands/run.ts';
import type { RunEvent } from '../../runner/run/events.ts';

/** The command line of bench, whose runs also name each of their stages on descriptor 3. */
function announce(event: RunEvent): void {
  try {
    writeSync(3, `${event.type === 'phase' ? event.phase : event.type}\n`);
  } catch {
    // Nobody listens any more.
  }
}

const program = benchProgram();
program.commands
  .find((command) => command.name() === 'run')
  ?.action((flags) => run(flags, { progressOn: () => announce }));
await main(program);
