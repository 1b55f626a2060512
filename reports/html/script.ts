import * as moment from '../timeline/moment.ts';
import * as stretch from '../timeline/stretch.ts';
import * as bars from './browser/bars.ts';
import * as contents from './browser/contents.ts';
import * as lines from './browser/lines.ts';
import * as marks from './browser/marks.ts';
import * as page from './browser/page.ts';
import * as player from './browser/player.ts';
import * as reasons from './browser/reasons.ts';

/**
 * The page's own script, as text: every function that these files export is shipped by its source (`toString`). It may
 * use its arguments, the other exported functions and what every browser has, but no constant, class or import of its
 * file.
 */
export function pageScript(): string {
  const functions = [moment, stretch, marks, bars, lines, contents, page, player, reasons].flatMap(
    (file) => Object.values(file),
  );
  return `'use strict';\n${functions.map(String).join('\n')}\ndrawCharts(Chart);\nfollowReading();\nopenTargets();\nofferPlayers();\nofferPictures(Chart);\nofferRun();`;
}
