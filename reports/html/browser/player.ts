import { countsAt, inMs, momentCaption } from '../../timeline/moment.ts';
import type { Played } from '../../timeline/segment.ts';
import { offerReasons } from './reasons.ts';

/** The timelines of one workload, as the page carries them. */
export interface PlayedTimelines {
  readonly lastMs: number;
  /** Where time begins and ends in the drawings, in their units. */
  readonly fromX: number;
  readonly toX: number;
  readonly slowdown: number;
  readonly timelines: readonly Played[];
}

/** Makes every group of timelines playable. */
export function offerPlayers(): void {
  for (const group of document.querySelectorAll<HTMLElement>('.played')) {
    const data = JSON.parse(group.querySelector('script')?.textContent ?? '') as PlayedTimelines;
    offerPlayer(group, data);
    offerReasons(group, data.timelines);
  }
}

/** A playhead that sweeps all timelines of a group at once; Space plays and pauses, arrow keys step. */
export function offerPlayer(
  group: HTMLElement,
  { lastMs, slowdown, ...data }: PlayedTimelines,
): void {
  const player = group.querySelector<HTMLElement>('.player');
  const button = group.querySelector<HTMLButtonElement>('.play');
  const slider = group.querySelector<HTMLInputElement>('.player input');
  if (!player || !button || !slider) return;
  // Without smooth motion, the playhead stands still on each step.
  const pauseMs = matchMedia('(prefers-reduced-motion: reduce)').matches ? lastMs / 20 : 0;
  const show = showerOf(group, { lastMs, slowdown, ...data });
  let [atMs, isPlaying] = [0, false];

  const go = (ms: number) => {
    atMs = Math.max(0, Math.min(ms, lastMs));
    const shownMs = pauseMs > 0 && isPlaying ? Math.floor(atMs / pauseMs) * pauseMs : atMs;
    slider.value = String(shownMs);
    slider.setAttribute('aria-valuetext', inMs(shownMs));
    show(shownMs, !isPlaying);
  };
  const play = (begin: boolean) => {
    isPlaying = begin;
    button.textContent = begin ? 'Pause' : 'Play';
    if (!begin) return go(atMs);
    if (atMs >= lastMs) atMs = 0;
    let previous: number | null = null;
    const frame = (now: number) => {
      if (!isPlaying) return;
      go(atMs + (now - (previous ?? now)) / slowdown);
      previous = now;
      if (atMs < lastMs) requestAnimationFrame(frame);
      else play(false);
    };
    requestAnimationFrame(frame);
  };
  player.hidden = false;
  button.addEventListener('click', () => play(!isPlaying));
  slider.addEventListener('input', () => {
    const ms = Number(slider.value);
    if (isPlaying) play(false);
    go(ms);
  });
  group.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
    if (event.key === ' ' && event.target !== button && !isControl(event.target)) {
      event.preventDefault();
      play(!isPlaying);
    } else if (step !== 0 && event.target === button) {
      event.preventDefault();
      if (isPlaying) play(false);
      go(atMs + step * Number(slider.step));
    }
  });
}

/** Whether Space has a meaning of its own there. */
export function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('summary, a, button:not(.play)') !== null;
}

/** Shows a moment in all timelines of a group; it is announced where the reader moved to it. */
export function showerOf(
  group: HTMLElement,
  { timelines, lastMs, fromX, toX }: PlayedTimelines,
): (ms: number, announced: boolean) => void {
  const output = group.querySelector('output');
  const figures = [...group.querySelectorAll<HTMLElement>('figure.timeline')].map((figure) => {
    const svg = figure.querySelector<SVGSVGElement>('.lanes');
    const [veil, line] = ['rect', 'line'].map((name) =>
      document.createElementNS('http://www.w3.org/2000/svg', name),
    );
    const height = String(svg?.viewBox.baseVal.height ?? 0);
    veil?.setAttribute('class', 'veil');
    veil?.setAttribute('height', height);
    line?.setAttribute('class', 'playhead');
    line?.setAttribute('y2', height);
    const place = (ms: number) => {
      const x = fromX + ((toX - fromX) * ms) / lastMs;
      veil?.setAttribute('x', String(x));
      veil?.setAttribute('width', String(toX + 2 - x));
      line?.setAttribute('x1', String(x));
      line?.setAttribute('x2', String(x));
      if (svg && veil && line && !svg.contains(line)) svg.append(veil, line);
    };
    return {
      place,
      caption: figure.querySelector('.moment'),
      counts: figure.querySelectorAll('b'),
    };
  });
  return (ms, announced) => {
    group.classList.add('moving');
    if (output) output.textContent = inMs(ms);
    for (const [index, { place, caption, counts }] of figures.entries()) {
      const played = timelines[index];
      if (!played) continue;
      place(ms);
      const { queued, waiting, computing, answered } = countsAt(played.segments, ms);
      for (const [which, count] of [queued, waiting, computing, answered].entries()) {
        const cell = counts[which];
        if (cell) cell.textContent = String(count);
      }
      caption?.setAttribute('aria-live', announced ? 'polite' : 'off');
      if (caption) caption.textContent = momentCaption(played, ms);
    }
  };
}
