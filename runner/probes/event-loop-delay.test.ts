import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loopDelayIn, openLoopDelayLog, parseLoopDelays } from './event-loop-delay.ts';

describe('the event-loop delay log', () => {
  test('is read line by line; malformed lines are skipped', () => {
    const text =
      '1000.5 1050.25 0.125\nnonsense\n1050 1100\n1050 1100 -1\n1100 1050 1\n1 2 3 4\n\n  \n1050 1100 20.5\n1100 115';
    expect(parseLoopDelays(text)).toEqual([
      { fromMs: 1000.5, untilMs: 1050.25, longestMs: 0.125 },
      { fromMs: 1050, untilMs: 1100, longestMs: 20.5 },
    ]);
  });

  test('is read from the file in the environment, until that is removed', () => {
    const log = openLoopDelayLog();
    const { EVENT_LOOP_DELAY_FILE: file = '' } = log.environment;
    expect(log.read()).toEqual([]);
    appendFileSync(file, '0 50 1\n');
    appendFileSync(file, '0 50 2\n');
    expect(log.read().map(({ longestMs }) => longestMs)).toEqual([1, 2]);
    log.remove();
    expect(existsSync(file)).toBe(false);
    expect(log.read()).toEqual([]);
  });

  test('is in the first folder that can be written, and without one nothing is reported', () => {
    const second = openLoopDelayLog(['/no-such-folder', tmpdir()]);
    expect(second.environment).toHaveProperty('EVENT_LOOP_DELAY_FILE');
    second.remove();
    const none = openLoopDelayLog(['/no-such-folder']);
    expect(none.environment).toEqual({});
    expect(none.read()).toEqual([]);
    none.remove();
  });
});

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;
describeOnLinux('the file of the log (Linux only: needs /proc)', () => {
  test('is gone when the runner is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loop-delay-'));
    const module = new URL('./event-loop-delay.ts', import.meta.url).href;
    const script = `
    import { openLoopDelayLog } from ${JSON.stringify(module)};
    console.log(openLoopDelayLog().environment.EVENT_LOOP_DELAY_FILE);
    setInterval(() => {}, 1000);`;
    const runner = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: folder },
    });
    const [file] = (await once(runner.stdout, 'data')) as [Buffer];
    appendFileSync(file.toString().trim(), '0 50 1\n');
    runner.kill('SIGKILL');
    await once(runner, 'exit');
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

describe('the delay in an interval', () => {
  const line = (fromMs: number, untilMs: number, longestMs: number) => ({
    fromMs,
    untilMs,
    longestMs,
  });

  test('is the longest of all loops', () => {
    const delays = [line(0, 50, 1), line(50, 100, 4), line(10, 60, 9), line(100, 150, 20)];
    expect(loopDelayIn(delays, 0, 100)).toBe(9);
  });

  test('is the same in every interval that a long delay spans', () => {
    const delays = [line(0, 50, 1), line(50, 400, 300), line(400, 450, 2)];
    const at = (startMs: number) => loopDelayIn(delays, startMs, startMs + 100);
    expect([at(0), at(100), at(200), at(300), at(400)]).toEqual([1, 300, 300, 300, 2]);
  });

  test('is unknown where nothing was reported', () => {
    expect(loopDelayIn([], 0, 100)).toBeNull();
    expect(loopDelayIn([line(0, 50, 1)], 100, 200)).toBeNull();
  });
});
