import { inspect } from 'node:util';
import { importApp } from './import-app.ts';

/** Imports a module of the user's own, in a process that may die of it, and reports what it exports, or why it fails. */
const [moduleUrl = ''] = process.argv.slice(2);
process.once('uncaughtExceptionMonitor', (error: unknown) =>
  process.send?.({
    failure:
      error instanceof Error
        ? error.message || `it throws ${error.name}`
        : `it throws ${inspect(error)}`,
  }),
);
const { kind } = await importApp(moduleUrl);
process.send?.({ kind }, () => process.exit());
