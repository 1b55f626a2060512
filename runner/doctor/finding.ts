import { styleText } from 'node:util';
import { hanging } from '../../reports/terminal/text.ts';

/** One property of this machine that was checked. */
export interface Finding {
  readonly subject: string;
  /** `warn`: numbers are usable within a limit; `bad`: numbers would mislead. */
  readonly state: 'good' | 'warn' | 'bad';
  /** What was found, in a few words. */
  readonly found: string;
  /** What to do about it; null when there is nothing to do. */
  readonly advice: string | null;
}

export function good(subject: string, found: string): Finding {
  return { subject, state: 'good', found, advice: null };
}

export function warn(subject: string, found: string, advice: string): Finding {
  return { subject, state: 'warn', found, advice };
}

export function bad(subject: string, found: string, advice: string): Finding {
  return { subject, state: 'bad', found, advice };
}

const subjectWidth = 15;
const marks = { good: ['green', '✓'], warn: ['yellow', '!'], bad: ['red', '✗'] } as const;

/** Findings as lines of at most `width` columns. */
export function describeFindings(findings: readonly Finding[], width: number): string {
  return findings
    .map(({ subject, state, found, advice }) => {
      const [color, mark] = marks[state];
      const label = `${styleText(color, mark)} ${subject.padEnd(subjectWidth)} `;
      return hanging(label, advice === null ? found : `${found}\n${advice}`, width);
    })
    .join('\n');
}
