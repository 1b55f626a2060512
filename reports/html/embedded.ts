/** The element that carries the run's document in a report. */
export const embeddedId = 'run-document';

/**
 * The text of the run's document that a report carries, for `readRunDocument`. A report whose every number comes from
 * it equals, to the byte, what `renderHtml` makes of it.
 *
 * @returns null when the page is no report, or carries no document
 */
export function embeddedDocument(page: string): string | null {
  const start = `<script type="application/json" id="${embeddedId}">`;
  const from = page.indexOf(start);
  const to = from < 0 ? -1 : page.indexOf('</script>', from);
  return to < 0 ? null : page.slice(from + start.length, to);
}
