import type { Load } from './load.ts';

/** One class's request as bytes, and the bytes of the body that answers it; null where any will do. */
export interface RequestMessage {
  readonly bytes: Buffer;
  readonly expectedBody: Buffer | null;
}

export function requestMessages({ host, port, classes }: Load): RequestMessage[] {
  return classes.map(({ path, expectedBody }) => ({
    bytes: Buffer.from(
      `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: keep-alive\r\n\r\n`,
    ),
    expectedBody: expectedBody === null ? null : Buffer.from(expectedBody),
  }));
}
