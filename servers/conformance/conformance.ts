import { answerChecks } from './answers.ts';
import type { Check } from './check.ts';
import { concurrencyChecks } from './concurrency.ts';
import { connectionChecks } from './connections.ts';
import { lifecycleChecks } from './lifecycle.ts';
import { traceChecks } from './traces.ts';

export type { Check, Subject } from './check.ts';

/** What docs/wire-contract.md asks of every server, models and references alike. */
export const conformanceChecks: readonly Check[] = [
  ...answerChecks,
  ...connectionChecks,
  ...traceChecks,
  ...concurrencyChecks,
  ...lifecycleChecks,
];
