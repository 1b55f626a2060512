import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const candidates = [
  process.env['BENCH_CHROMIUM'],
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
];

/** Starts a Chromium of this machine; where there is none, prints so and returns null. */
export async function startBrowser(): Promise<Browser | null> {
  const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
  if (executablePath) return chromium.launch({ executablePath });
  process.stderr.write(
    'Browser tests skipped: no Chromium found. Set BENCH_CHROMIUM to the path of one.\n',
  );
  return null;
}
