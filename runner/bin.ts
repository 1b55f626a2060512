#!/usr/bin/env node
// Without static imports, so that an old Node.js prints a sentence and not a syntax error.
const oldestNodeMajor = 24;

if (Number.parseInt(process.versions.node, 10) >= oldestNodeMajor) {
  await import('./cli.ts');
} else {
  process.stderr.write(
    `bench: needs Node.js ${oldestNodeMajor} or later, and this is ${process.version}. Install a newer one, or run npx bench in a checkout, which brings its own.\n`,
  );
  process.exitCode = 2;
}
