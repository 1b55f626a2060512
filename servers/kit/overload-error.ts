/** A model that has no room for more work throws this; the request is answered 503, asking to come back later. */
export class OverloadError extends Error {
  override readonly name = 'OverloadError';
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
