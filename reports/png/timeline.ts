import type { RunDocument } from '../../results/document/run-document.ts';
import { plural } from '../findings/numbers.ts';
import { densities, looksOf } from '../findings/palette.ts';
import { shortName } from '../html/short-name.ts';
import { light } from '../html/tones.ts';
import { type LaidLanes, layLanes } from '../timeline/lay-lanes.ts';
import type { SegmentKind } from '../timeline/segments.ts';
import { timelinesOf, tracedWorkloads } from '../timeline/timelines.ts';
import { paragraph } from './paragraph.ts';
import { columnWidth, type Part, space } from './picture.ts';
import type { Brush, Studio } from './studio.ts';

const meanings: readonly (readonly [SegmentKind, string])[] = [
  ['queued', 'in a queue'],
  ['waiting', 'waiting, as for a database'],
  ['computing', 'computing'],
];

/** The same requests through each server, on one time axis; none where no requests were traced. */
export function timelineParts(document: RunDocument, studio: Studio): Part[] {
  const [workload] = tracedWorkloads(document);
  if (!workload) return [];
  const { timelines, lastMs } = timelinesOf(document, workload.name);
  const looks = looksOf(document.plan.servers);
  const most = Math.max(...timelines.map(({ run }) => run.requests.length));
  return [
    paragraph(studio, `How each server served the same ${plural(most, 'request')}`, {
      size: 26,
      bold: true,
    }),
    space(6),
    paragraph(studio, `${workload.name}: ${workload.summary}`, { size: 15 }),
    space(8),
    key(studio),
    ...timelines.flatMap(({ run, lanes, caption }) => [
      space(20),
      paragraph(studio, run.server, { size: 15, bold: true }),
      paragraph(studio, caption, { size: 12.5, muted: true }),
      space(6),
      lanesPart(layLanes(lanes, lastMs), hueOf(looks.get(run.server)?.hue), studio),
    ]),
  ];
}

const hueOf = (name = 'other-3'): string => light.hues[name] ?? light.ink;

/** What is queued waits for everyone alike, and has no server's hue. */
function setFill(brush: Brush, kind: SegmentKind, hue: string): void {
  brush.fillStyle = kind === 'queued' ? light.muted : hue;
  brush.globalAlpha = densities[kind];
}

function key(studio: Studio): Part {
  return {
    height: 18,
    paint(brush) {
      brush.font = `12.5px ${studio.font}`;
      brush.textBaseline = 'middle';
      let x = 0;
      for (const [kind, meaning] of meanings) {
        setFill(brush, kind, hueOf('event-loop'));
        brush.fillRect(x, 4, 20, 10);
        brush.globalAlpha = 1;
        brush.fillStyle = light.muted;
        brush.fillText(meaning, x + 27, 9);
        x += 27 + brush.measureText(meaning).width + 22;
      }
    },
  };
}

function lanesPart(
  { width, height, bottom, ticks, lanes, bars }: LaidLanes,
  hue: string,
  studio: Studio,
): Part {
  const scale = columnWidth / width;
  return {
    height: height * scale,
    paint(brush) {
      brush.scale(scale, scale);
      brush.font = `11px ${studio.font}`;
      for (const { x, label } of ticks) {
        brush.fillStyle = light.grid;
        brush.fillRect(x - 0.5, 0, 1, bottom);
        brush.fillStyle = light.muted;
        brush.textAlign = 'center';
        brush.fillText(label, x, bottom + 14);
      }
      brush.textAlign = 'left';
      for (const { name, y } of lanes) brush.fillText(shortName(name), 0, y + 10);
      for (const { kind, x, y, width, height } of bars) {
        setFill(brush, kind, hue);
        brush.fillRect(x, y, width, height);
      }
    },
  };
}
