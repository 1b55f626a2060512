/** What our own servers' processes exit with when they can't do what they were started for. */
export const exitCodes = {
  /** The environment does not say what the wire contract wants. */
  badEnvironment: 2,
  /** A fault of the program itself, such as workers that die again and again. */
  failed: 70,
  /** Part of the wire contract. */
  portTaken: 98,
} as const;
