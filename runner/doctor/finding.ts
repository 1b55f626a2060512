/** One thing that was looked at on this machine, and what to do about it. */
export interface Finding {
  readonly subject: string;
  readonly state: 'good' | 'mind' | 'bad';
  /** What was found, in a clause. */
  readonly found: string;
  /** What to do, and how; null when there is nothing to do. */
  readonly advice: string | null;
}

export function good(subject: string, found: string): Finding {
  return { subject, state: 'good', found, advice: null };
}

/** Numbers can be made, with something to keep in mind. */
export function mind(subject: string, found: string, advice: string): Finding {
  return { subject, state: 'mind', found, advice };
}

/** Numbers made here would mislead. */
export function bad(subject: string, found: string, advice: string): Finding {
  return { subject, state: 'bad', found, advice };
}
