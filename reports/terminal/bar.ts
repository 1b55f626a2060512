const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A horizontal bar, to an eighth of a character; a share above 0 always shows. */
export function bar(share: number, width: number): string {
  const length = Math.round(Math.min(Math.max(share, 0), 1) * width * 8);
  const shown = share > 0 ? Math.max(1, length) : 0;
  return '█'.repeat(Math.floor(shown / 8)) + (eighths[shown % 8] ?? '');
}
