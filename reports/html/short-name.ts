const longest = 16;

/** A name as charts write it: whole where it is of a usual length; tables have all of it. */
export const shortName = (name: string): string =>
  name.length > longest ? `${name.slice(0, longest - 1)}…` : name;
