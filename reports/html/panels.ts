import type { LinesSpec } from './chart-spec.ts';
import { type Html, html, scriptJson } from './html.ts';

/** One of several small charts of a figure, which share its caption and table. */
export interface Panel {
  /** Unique within the page. */
  readonly id: string;
  readonly title: Html | string;
  /** What it shows, in words, for whoever cannot see it. */
  readonly summary: string;
  readonly spec: LinesSpec;
}

export interface PanelsFigure {
  readonly title: string;
  /** How to read it, and what it does not say; why there is nothing where there are no panels. */
  readonly note: string;
  readonly panels: readonly Panel[];
  /** Above each other, as wide as the figure, where they share their x axis. */
  readonly layout: 'beside' | 'stacked';
  readonly numbers: Html;
}

/** A figure of several small charts. */
export function panelsFigure({ title, note, panels, layout, numbers }: PanelsFigure): Html {
  const caption = html`<figcaption><h3>${title}</h3><p>${note}</p></figcaption>`;
  if (panels.length === 0) return html`<figure>${caption}</figure>`;
  return html`<figure>${caption}
<div class="${`panels ${layout}`}">${panels.map(drawPanel)}</div>
<details><summary>The numbers</summary>${panels.map(({ summary }) => html`<p>${summary}</p>`)}${numbers}</details></figure>`;
}

const drawPanel = ({ id, title, summary, spec }: Panel): Html =>
  html`<div class="chart" data-spec="${id}"><h4>${title}</h4>
<div class="canvas ${spec.kind}"><canvas role="img" aria-label="${summary}"></canvas></div>
<script type="application/json" id="${id}">${scriptJson(spec)}</script></div>`;
