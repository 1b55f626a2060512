/** A request that is refused with a status; the message is for the client, and part of the wire contract. */
export class RequestError extends Error {
  override readonly name: string = 'RequestError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const bodyTooLarge = (mostBytes: number) =>
  new RequestError(413, `the body is larger than ${mostBytes} bytes`);
