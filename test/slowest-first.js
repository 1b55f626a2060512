import { relative, sep } from 'node:path';
import TestSequencer from '@jest/test-sequencer';

/** Tests of the whole command, then those that start servers or load generators, then the pure ones. */
const slowestFirst = ['test', 'servers', 'runner'];

/**
 * Starts the slowest files first, so that no worker ends long before the other. Jest knows how long each file took in its
 * last run; in a fresh clone it sorts files by size, and the tests that wait longest are short.
 */
export default class SlowestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf({ path, context }) {
  const [folder] = relative(context.config.rootDir, path).split(sep);
  const place = slowestFirst.indexOf(folder);
  return place === -1 ? slowestFirst.length : place;
}
