import type { RunDocument } from '../document/run-document.ts';
import { halfWidth } from '../statistics/estimate.ts';
import { usualConfidence } from '../statistics/log-ratio.ts';
import { usualStrictness } from './compare.ts';
import { questionsOf } from './questions.ts';

/**
 * Half the margin of equivalence: then an interval either fits into the margin or leaves 1 out, whatever it
 * is about.
 */
const usualTarget = usualStrictness.margin / 2;

/**
 * Intervals from a few blocks are narrow by luck as often as by right: stopping on those from 3 blocks on
 * gives up to 9 % of false claims where 5 % are meant, from 8 blocks on 5–7 % (simulated; see
 * docs/methodology.md).
 */
const fewestBlocks = 8;

/**
 * Whether a run may stop before its plan ends: every comparison that can be made has an interval that
 * reaches no further than the target to either side (a share: 0.015 is ± 1.5 %). Looks at widths alone:
 * whoever stops as soon as a difference is significant finds one in 18 % of the cases where there is none.
 */
export function isNarrowEnough(document: RunDocument, target = usualTarget): boolean {
  const measured = questionsOf(document).flatMap(({ evidence }) =>
    evidence.measured ? [evidence] : [],
  );
  return (
    measured.length > 0 &&
    measured.every(
      ({ blocks, logRatio }) =>
        blocks >= fewestBlocks && halfWidth(logRatio, usualConfidence) <= Math.log1p(target),
    )
  );
}
