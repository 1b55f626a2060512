/** One thing that must be in order for the numbers to be believed, and how it was in this run. */
export interface Check {
  readonly title: string;
  readonly state: 'good' | 'doubtful' | 'unknown';
  /** What was seen, beside what is allowed. */
  readonly finding: string;
}

export const good = (title: string, finding: string): Check => ({ title, state: 'good', finding });
export const unknown = (title: string, finding: string): Check => ({
  title,
  state: 'unknown',
  finding,
});

/** Good up to a limit and doubtful beyond it. */
export const within = (title: string, value: number, limit: number, finding: string): Check => ({
  title,
  state: value <= limit ? 'good' : 'doubtful',
  finding,
});
