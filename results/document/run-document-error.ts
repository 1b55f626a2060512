/** The text is not a run document that can be used; the message is a clause that says why. */
export class RunDocumentError extends Error {
  override readonly name = 'RunDocumentError';
}
