import { describe, expect, test } from '@jest/globals';
import type { Chart, Plugin } from 'chart.js';
import type { BarsSpec, LinesSpec } from '../drawing/chart-spec.ts';
import { light } from '../drawing/theme.ts';
import { barsConfiguration, barTexts, predictionMarks } from './browser/bars.ts';
import { lineEnds, spaced } from './browser/lines.ts';
import { whiskers } from './browser/marks.ts';

const style = { color: 'pool', hollow: false, shape: 'rect', dash: [] } as const;
const scale = { getPixelForValue: (value: number) => 10 * value };

/** Draws a plugin on a chart whose datasets have one mark each, at (100, y), and returns the drawing calls. */
function draw(plugin: Plugin, ys: readonly number[]) {
  const calls: (string | number)[][] = [];
  const brush = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...values: number[]) =>
          calls.push([String(name), ...values]),
      set: () => true,
    },
  );
  const chart = {
    ctx: brush,
    chartArea: { bottom: 300 },
    scales: { x: scale, y: scale },
    getDatasetMeta: (dataset: number) => ({ data: [{ x: 100, y: ys[dataset] }] }),
  } as unknown as Chart;
  plugin.afterDatasetsDraw?.(chart, { cancelable: false } as never, {}, false);
  return calls.filter(([name]) => ['moveTo', 'lineTo', 'fillText'].includes(String(name)));
}

const bar = (values: Partial<BarsSpec['bars'][number]>): BarsSpec['bars'][number] => ({
  label: 'pool',
  style,
  value: 5,
  range: null,
  blocks: [],
  predicted: null,
  text: '5.0',
  ...values,
});

describe('whiskers', () => {
  test('go from the lowest to the highest block, with a cap at both ends', () => {
    expect(draw(whiskers([[{ low: 4, high: 6 }]], 'x', light), [50])).toEqual([
      ['moveTo', 40, 50],
      ['lineTo', 60, 50],
      ['moveTo', 40, 46],
      ['lineTo', 40, 54],
      ['moveTo', 60, 46],
      ['lineTo', 60, 54],
    ]);
  });

  test('are not drawn for a single block', () => {
    expect(draw(whiskers([[null]], 'y', light), [50])).toEqual([]);
  });
});

test('a bar’s text is written beyond its whisker and its prediction', () => {
  expect(draw(barTexts([bar({ range: { low: 4, high: 7 }, predicted: 9 })], light), [50])).toEqual([
    ['fillText', '5.0', 98, 50],
  ]);
});

test('the axis of bars reaches every whisker and prediction', () => {
  const bars = [bar({ range: { low: 4, high: 11 } }), bar({ predicted: 9 })];
  const { options } = barsConfiguration({ kind: 'bars', axis: 'requests/s', bars }, light);
  expect(options?.scales?.['x']).toMatchObject({ suggestedMax: 11 });
});

test('a prediction is a line across the bar; a bar without one has no line', () => {
  expect(draw(predictionMarks([bar({ predicted: 9 })], light), [50])).toEqual([
    ['moveTo', 90, 36],
    ['lineTo', 90, 64],
  ]);
  expect(draw(predictionMarks([bar({})], light), [50])).toEqual([]);
});

test('names at the ends of lines do not overlap each other or the axis', () => {
  const line = (label: string): LinesSpec['lines'][number] => ({
    label,
    style,
    points: [{ x: 1, y: 1, marked: true, range: null }],
  });
  const texts = (ys: number[]) =>
    draw(lineEnds(['a', 'b', 'c'].map(line), light), ys)
      .filter(([name]) => name === 'fillText')
      .map(([, label, , y]) => [label, y]);
  expect(texts([50, 52, 200])).toEqual([
    ['a', 50],
    ['b', 66],
    ['c', 200],
  ]);
  expect(texts([299, 298, 20])).toEqual([
    ['c', 20],
    ['b', 284],
    ['a', 300],
  ]);
});

test('a tick whose label would touch the one before has none', () => {
  const shown = (pxPerUnit: number) => spaced([100, 500, 1000], (at) => at * pxPerUnit, String);
  expect(shown(1)).toEqual([100, 500, 1000]);
  expect(shown(0.06)).toEqual([100, 1000]);
});
