/** Markup that is safe to put into a page or picture as it is. Only `html` and `trusted` make it. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | null | readonly Part[];

/** For markup that this project wrote itself; never for anything from outside. */
export const trusted = (markup: string): Html => ({ markup });

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markupOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (one) => entities[one] ?? one);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(markupOf).join('');
}

/** A template of HTML or SVG: every value is escaped unless it is markup already. Attributes must be quoted. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return trusted(
    literals.reduce((page, literal, index) => page + markupOf(parts[index - 1] ?? null) + literal),
  );
}

/** A sentence in which no line break separates a number from its interval or unit. */
export function prose(text: string): Html {
  const whole = /(\((?:95\s?% CI )?[\d.,]+–[\d.,]+(?:\s?%)?[);]|[\d.,]+ [×%]|I\/O-bound)/;
  return html`${text.split(whole).map((part) => (whole.test(part) ? html`<span class="whole">${part}</span>` : part))}`;
}

/** A value as JSON that no HTML parser can end early, for a `<script type="application/json">`. */
export function scriptJson(value: unknown): Html {
  const json = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return trusted(json);
}
