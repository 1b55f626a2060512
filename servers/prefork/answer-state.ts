/** `ready`: the outcome of a statement is in the port's queue. `ended`: the thread has ended, and answers nothing more. */
export const answer = { pending: 0, ready: 1, ended: 2 } as const;
