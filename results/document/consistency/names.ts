const longestName = 60;

/** A name in a sentence: in quotes, cut when it is longer than a line. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > longestName ? `${name.slice(0, longestName)}…` : name);
}

/** The first item that was there before. */
export function repeatedIn<Item>(items: readonly Item[]): Item | undefined {
  const seen = new Set<Item>();
  return items.find((item) => seen.size === seen.add(item).size);
}
