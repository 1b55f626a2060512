import { writeFileSync } from 'node:fs';
import type { FailureKind } from './kind.ts';
import { clockFile } from './victim-run.ts';

/** Debian's libfaketime: the only way to move the clock of one program. A namespace moves monotonic clocks only. */
const library = `/usr/lib/${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-linux-gnu/faketime/libfaketimeMT.so.1`;

const hourSeconds = 3600;

/** The system's clock moves while a run goes on, as when it is set; the monotonic clock goes on as before. */
const clockKind = (name: string, seconds: number): FailureKind => ({
  name,
  strike: async (run) => {
    writeFileSync(run.clock, `${seconds < 0 ? '' : '+'}${seconds}`);
    return true;
  },
  surroundings: {
    shell: `
      echo +0 >"$PWD/${clockFile}"
      export LD_PRELOAD=${library} FAKETIME_TIMESTAMP_FILE="$PWD/${clockFile}"
      export FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1
    `,
  },
  needsFile: library,
});

export const clockKinds = [
  clockKind('clock an hour ahead', hourSeconds),
  clockKind('clock an hour back', -hourSeconds),
  clockKind('clock ten years back', -10 * 365 * 24 * hourSeconds),
] as const;
