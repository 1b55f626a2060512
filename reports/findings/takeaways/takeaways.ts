import type { PlannedServer, RunDocument } from '../../../results/document/run-document.ts';
import { percent } from '../../../results/format.ts';
import type { Comparison } from '../../../results/verdicts/verdict.ts';
import { enough, type KeepingUp, keepingUp } from './keeping-up.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Finding, Outcome, Takeaway } from './takeaway.ts';

const keepsUp = `serves at least ${percent(enough)} of what each other server of its kind does (model beside model, real system beside real system; 95 % intervals)`;

/** What the lesson says of the three ways to serve, held against this run. */
export function takeawaysOf(document: RunDocument, comparisons: readonly Comparison[]): Takeaway[] {
  const family = (model: string) =>
    document.plan.servers.filter(
      ({ name, kind, modelledBy }) =>
        name === model || (kind === 'reference' && modelledBy === model),
    );
  const on = (server: PlannedServer, workload: string) =>
    keepingUp(document, comparisons, server, workload);
  return [
    {
      claim: 'Go is great whether the work is I/O- or CPU-bound.',
      rule: `Supported where a server ${keepsUp} on io and on cpu.`,
      findings: family('pool').map((server) =>
        finding(server, [on(server, 'io'), 'yes'], [on(server, 'cpu'), 'yes']),
      ),
    },
    {
      claim: 'Node.js and Express work well for I/O, but struggle with CPU-bound tasks.',
      rule: `Supported where a server ${keepsUp} on io, and does not on cpu.`,
      findings: family('event-loop').map((server) =>
        finding(server, [on(server, 'io'), 'yes'], [on(server, 'cpu'), 'no']),
      ),
    },
    {
      claim: 'Python serves one request at a time a process.',
      rule: 'Supported where throughput times the wait of each request is no more than the number of workers, and the load kept them busy.',
      findings: family('prefork').map((server) => oneAtATime(document, server)),
    },
  ];
}

type Expectation = readonly [seen: KeepingUp, expected: 'yes' | 'no'];

function finding(server: PlannedServer, ...expectations: readonly Expectation[]): Finding {
  const text = `${expectations.map(([seen]) => seen.text).join('; ')}.`;
  return { server, outcome: outcomeOf(expectations), text };
}

function outcomeOf(expectations: readonly Expectation[]): Outcome {
  const clear = expectations.filter(([{ answer }]) => answer === 'yes' || answer === 'no');
  if (clear.some(([{ answer }, expected]) => answer !== expected)) return 'not supported';
  return clear.length === expectations.length ? 'supported' : 'cannot tell';
}
