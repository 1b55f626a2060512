import {
  type Measurement,
  type RequestCounts,
  type RunDocument,
  requestTimeoutSeconds,
  type Trial,
} from '../../results/document/run-document.ts';
import { joinWithAnd, plural } from '../../results/format.ts';
import { blameFor } from '../../results/gates/gates.ts';
import { failedIn, trialsOf, type WindowName, windowOf } from '../../results/select.ts';
import { sumOf } from '../../results/statistics/summary.ts';
import { voidingWarning } from '../../results/verdicts/reading.ts';
import { capitalised, serverInWords } from './words.ts';

/** Below this share of the requests, failures are left to the warnings. */
const worthASentence = 0.01;

/** What servers could not take of the load that was offered, in a sentence for each server and workload. */
export const overloadSentences = (document: RunDocument): string[] =>
  document.plan.workloads.flatMap((workload) =>
    workload.servers.flatMap((server) => {
      const trials = trialsOf(document, { server, workload: workload.name });
      const clauses = [
        unanswered(windowsOf(trials, 'closed'), 'closed loop'),
        unanswered(windowsOf(trials, 'shared'), 'open loop'),
        overloadedAt(windowsOf(trials, 'shared')),
      ].flatMap((clause) => clause ?? []);
      const subject = `On ${workload.name}, ${serverInWords(server)}`;
      return clauses.map((clause) => `${capitalised(subject)} ${clause}.`);
    }),
  );

/** The windows of a kind that nothing but the server spoiled. */
const windowsOf = (trials: readonly Trial[], window: WindowName): Measurement[] =>
  trials.flatMap((trial) => {
    const measurement = windowOf(trial, window);
    const voiding = voidingWarning([...trial.warnings, ...(measurement?.warnings ?? [])]);
    return measurement && (!voiding || blameFor(voiding) === 'server') ? [measurement] : [];
  });

/** "answered 20 of 17,422 requests (closed loop); the others got no response within 10 s" */
function unanswered(windows: readonly Measurement[], loop: string): string | null {
  const total = (count: keyof RequestCounts) => sumOf(windows.map((one) => one.requests[count]));
  const sent = total('sent');
  if (sumOf(windows.map(failedIn)) < Math.max(1, worthASentence * sent)) return null;
  const kinds = [
    { count: total('timeouts'), what: `got no response within ${requestTimeoutSeconds} s` },
    { count: total('non2xx'), what: 'got a response with another status than expected' },
    { count: total('errors'), what: 'lost their connection' },
  ].filter(({ count }) => count > 0);
  const others = kinds.map(({ count, what }) =>
    kinds.length === 1 ? `the others ${what}` : `${count.toLocaleString('en-US')} ${what}`,
  );
  return `answered ${total('ok').toLocaleString('en-US')} of ${plural(sent, 'request')} (${loop}); ${joinWithAnd(others)}`;
}

/** "was overloaded at 120 requests/s in 5 of 5 blocks: no response time reported" */
function overloadedAt(windows: readonly Measurement[]): string | null {
  const overloaded = windows.filter(({ warnings }) =>
    warnings.some(({ code }) => code === 'overloaded'),
  );
  const rate = overloaded[0]?.offeredPerSecond;
  return rate
    ? `was overloaded at ${Math.round(rate).toLocaleString('en-US')} requests/s in ${overloaded.length} of ${plural(windows.length, 'block')}: no response time reported`
    : null;
}
