import { barsConfiguration, barsHeight, barTexts, endOf, predictionMarks } from './bars.ts';
import { lineEnds, linesConfiguration } from './lines.ts';
import { colorOf, fillOf, flags, whiskers } from './marks.ts';
import { download, drawCharts, offerPictures, offerRun, pictureOf, svgImage } from './page.ts';

/**
 * The page's own script, as text: each function is shipped by its source (`toString`). A shipped function may use its
 * arguments, the other functions listed here and what every browser has, but no constant, class or import of its module.
 */
export function pageScript(): string {
  const functions = [
    colorOf,
    fillOf,
    whiskers,
    flags,
    endOf,
    predictionMarks,
    barTexts,
    barsHeight,
    barsConfiguration,
    lineEnds,
    linesConfiguration,
    download,
    svgImage,
    pictureOf,
    offerPictures,
    offerRun,
    drawCharts,
  ];
  return `'use strict';\n${functions.map(String).join('\n')}\ndrawCharts(Chart);\nofferPictures(Chart);\nofferRun();`;
}
