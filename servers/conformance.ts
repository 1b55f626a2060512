import { answerChecks } from './conformance/answers.ts';
import type { Check } from './conformance/check.ts';
import { concurrencyChecks } from './conformance/concurrency.ts';
import { connectionChecks } from './conformance/connections.ts';
import { lifecycleChecks } from './conformance/lifecycle.ts';
import { traceChecks } from './conformance/traces.ts';

export type { Check, Subject } from './conformance/check.ts';

/** What docs/wire-contract.md asks of every server, models and references alike. */
export const conformanceChecks: readonly Check[] = [
  ...answerChecks,
  ...connectionChecks,
  ...traceChecks,
  ...concurrencyChecks,
  ...lifecycleChecks,
];
