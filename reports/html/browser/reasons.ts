import type { Played } from '../../timeline/segment.ts';
import { segmentCaption } from '../../timeline/stretch.ts';

/** Says what a request waited for when its bar is pointed at, or reached with the arrow keys. */
export function offerReasons(group: HTMLElement, timelines: readonly Played[]): void {
  const text = group.querySelector<HTMLElement>('.reason');
  if (!text) return;
  const hint = text.textContent;
  for (const [index, figure] of group.querySelectorAll('figure.timeline').entries()) {
    const played = timelines[index];
    const region = figure.querySelector<HTMLElement>('.scroll');
    if (!played || !region) continue;
    const bars = [...region.querySelectorAll<SVGRectElement>('[data-request]')]
      .map((bar) => ({ bar, segment: segmentOf(bar, played) }))
      .toSorted((a, b) => (a.segment?.startMs ?? 0) - (b.segment?.startMs ?? 0));
    let chosen = -1;
    const choose = (which: number, announced: boolean) => {
      bars[chosen]?.bar.classList.remove('chosen');
      chosen = which;
      const one = bars[which];
      one?.bar.classList.add('chosen');
      text.setAttribute('aria-live', announced ? 'polite' : 'off');
      text.textContent = one?.segment ? segmentCaption(played, one.segment) : hint;
    };
    region.addEventListener('pointerover', ({ target }) =>
      choose(
        bars.findIndex(({ bar }) => bar === target),
        false,
      ),
    );
    region.addEventListener('pointerleave', () => choose(-1, false));
    region.addEventListener('blur', () => choose(-1, false));
    region.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
      if (step === 0 || event.target !== region) return;
      event.preventDefault();
      choose(Math.max(0, Math.min(chosen + step, bars.length - 1)), true);
      bars[chosen]?.bar.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
  }
}

/** The segment that a bar draws. */
export function segmentOf(
  bar: SVGRectElement,
  { segments }: Played,
): Played['segments'][number] | undefined {
  return segments.find(
    ({ request, kind }) =>
      String(request) === bar.dataset['request'] && bar.classList.contains(kind),
  );
}
