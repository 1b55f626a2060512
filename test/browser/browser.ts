import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const candidates = [
  process.env['BENCH_CHROMIUM'],
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
];

/** A Chromium of this machine; null, having said so, where there is none. */
export async function startBrowser(): Promise<Browser | null> {
  const executablePath = candidates.find((path) => path !== undefined && existsSync(path));
  if (executablePath) return chromium.launch({ executablePath });
  process.stderr.write(
    'The report was not looked at in a browser: no Chromium was found (BENCH_CHROMIUM may name one).\n',
  );
  return null;
}
