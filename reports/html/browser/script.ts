import { barsConfiguration, barsHeight, barTexts, endOf, expectations } from './bars.ts';
import { drawCharts } from './draw-charts.ts';
import { flags } from './flags.ts';
import { lineEnds, linesConfiguration } from './lines.ts';
import { saveRun } from './save-run.ts';
import { fillOf } from './tones.ts';
import { whiskers } from './whiskers.ts';

/**
 * The page's own script, as text. Each function goes in by its source, so it may use nothing but its
 * arguments, the others listed here, and what every browser has.
 */
export function pageScript(): string {
  const functions = [
    fillOf,
    whiskers,
    flags,
    endOf,
    expectations,
    barTexts,
    barsHeight,
    barsConfiguration,
    lineEnds,
    linesConfiguration,
    drawCharts,
    saveRun,
  ];
  return `'use strict';\n${functions.map(String).join('\n')}\ndrawCharts(globalThis);\nsaveRun(globalThis);`;
}
