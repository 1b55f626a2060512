/** Why a server can't be made ready here, and what would help; both are for people. */
export class PreparationError extends Error {
  override readonly name = 'PreparationError';
  readonly advice: string;

  constructor(reason: string, advice: string, options?: ErrorOptions) {
    super(reason, options);
    this.advice = advice;
  }
}
