#!/usr/bin/env node
const oldestNodeMajor = 24;

if (Number.parseInt(process.versions.node, 10) < oldestNodeMajor) {
  process.stderr.write(
    `bench: needs Node.js ${oldestNodeMajor} or later; this is ${process.version}.\n`,
  );
  process.exitCode = 2;
} else {
  // Only now: an older Node.js cannot load the rest.
  const { main } = await import('./program.ts');
  await main();
}
