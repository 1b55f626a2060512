#!/usr/bin/env node
// Without static imports, so that an old Node.js prints a sentence and not a syntax error.
const oldestNodeMajor = 24;

if (Number.parseInt(process.versions.node, 10) >= oldestNodeMajor) {
  const { main } = await import('./cli.ts');
  await main();
} else {
  process.stderr.write(
    `bench: needs Node.js ${oldestNodeMajor} or later; this is ${process.version}. In a checkout, npx bench uses the right one.\n`,
  );
  process.exitCode = 2;
}
