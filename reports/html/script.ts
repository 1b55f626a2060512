import * as demand from '../../results/statistics/queueing/demand.ts';
import * as formulas from '../../results/statistics/queueing/formulas.ts';
import * as models from '../../results/statistics/queueing/models.ts';
import * as summary from '../../results/statistics/summary.ts';
import * as moment from '../timeline/moment.ts';
import * as stretch from '../timeline/stretch.ts';
import * as bars from './browser/bars.ts';
import * as contents from './browser/contents.ts';
import * as guess from './browser/guess.ts';
import * as lines from './browser/lines.ts';
import * as marks from './browser/marks.ts';
import * as page from './browser/page.ts';
import * as player from './browser/player.ts';
import * as reasons from './browser/reasons.ts';
import * as whatIf from './browser/what-if.ts';
import * as whatIfSpec from './figures/what-if-spec.ts';

const shared = [summary, demand, formulas, models, moment, stretch, whatIfSpec];
const ofPage = [marks, bars, lines, contents, page, player, reasons, whatIf, guess];
const starts = [
  'drawCharts(Chart)',
  'offerPictures(Chart)',
  'offerRun()',
  'followReading()',
  'openTargets()',
  'offerPlayers()',
  'offerWhatIfs()',
  'offerGuesses()',
];

/**
 * The page's own script, as text: everything that these files export is shipped by its source (`toString`): functions,
 * numbers, and objects of functions. They may use each other and what every browser has, but nothing that a file keeps to
 * itself, no class and no import of another file.
 */
export function pageScript(): string {
  const sources = [...shared, ...ofPage].flatMap((file) =>
    Object.entries(file).map(([name, value]) =>
      typeof value === 'function' ? String(value) : `const ${name} = ${literal(value)};`,
    ),
  );
  return `'use strict';\n${[...sources, ...starts.map((start) => `${start};`)].join('\n')}`;
}

const literal = (value: object | number): string =>
  typeof value === 'number'
    ? String(value)
    : `{ ${Object.entries(value)
        .map(([name, part]) => `${name}: ${String(part)}`)
        .join(', ')} }`;
