import { type Html, html } from '../../drawing/markup.ts';

/** A part of the page that its table of contents lists. */
export interface Section {
  readonly id: string;
  /** Its name in the table of contents. */
  readonly label: string;
  readonly markup: Html;
}

export const section = (id: string, label: string, heading: string, content: Html): Section => ({
  id,
  label,
  markup: html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
${content}</section>`,
});

/** A table of contents that stays in view; the page's script marks the section that is being read. */
export const contents = (sections: readonly Section[], hasGuesses: boolean): Html =>
  html`<nav class="contents" aria-label="Contents"><ul>${sections.map(
    ({ id, label }) => html`<li><a href="${`#${id}`}">${label}</a></li>`,
  )}${hasGuesses ? html`<li class="guess-link" hidden><a href="#guess">Guess first</a></li>` : null}</ul></nav>`;

export interface Disclosure {
  readonly id: string;
  readonly title: string;
  /** What is inside. */
  readonly inside: string;
  /** Whether it is open on paper; what a reader opened is always printed. */
  readonly printed?: boolean;
}

/** Content that is hidden until it is opened. Where there is none, nothing. */
export const disclosure = (
  { id, title, inside, printed = false }: Disclosure,
  content: readonly (Html | null)[],
): Html | null =>
  content.every((one) => one === null)
    ? null
    : html`<details class="more" id="${id}" data-print="${printed ? 'open' : 'closed'}"><summary><strong>${title}</strong> ${inside}</summary>
${content}</details>`;
