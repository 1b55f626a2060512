/** A table whose cells are Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** A list of texts; nothing where there are none. */
export const list = (items: readonly string[]): string[] =>
  items.length > 0 ? [items.map((item) => `- ${inline(item)}`).join('\n')] : [];

/** Text from outside on one line, with every character escaped that means something in Markdown or HTML. */
export const inline = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .slice(0, 1000)
    .replace(/[\\`*_{}[\]<>#|~&@!]/g, (character) => `\\${character}`);
