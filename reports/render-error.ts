/** A run that cannot be told in a format on this machine; the message says why, and what to do. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
}
