/** Shorter values are no secrets, and would be found in any text. */
const shortestSecret = 4;
/** A variable; or, with another $ before it, the text itself. */
const reference = /\$(\$\{[A-Za-z_][A-Za-z0-9_]*\})|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
/** The variables that requests of this process refer to, with their values: what is written must not contain these. */
const values = new Map<string, string>();

/**
 * Reads the environment variables that a text refers to as `${NAME}`. Everything that is planned and written keeps the
 * text; only what is sent has the values.
 *
 * @returns what is wrong, as a clause about the text; null if nothing is. An empty variable is a missing secret in CI.
 */
export function readVariables(
  text: string,
  environment: NodeJS.ProcessEnv = process.env,
): string | null {
  for (const name of namesIn(text)) {
    const value = environment[name];
    if (!value) {
      const state = value === undefined ? 'not set' : 'empty';
      return `refers to the environment variable ${name}, which is ${state}`;
    }
    values.set(name, value);
  }
  return null;
}

const namesIn = (text: string): string[] =>
  [...text.matchAll(reference)].flatMap(([, , name]) => name ?? []);

/** The text that is sent: with the values of the variables that it refers to. */
export const withValues = (text: string): string => filled(text, (value) => value);

/** The same for a body. In one that is JSON, values are text within strings, whatever characters they have. */
export const bodyWithValues = (body: string): string =>
  filled(body, isJson(body) ? inJson : (value) => value);

const filled = (text: string, form: (value: string) => string): string =>
  text.replaceAll(reference, (whole, literal: string | undefined, name: string) => {
    const value = values.get(name);
    return literal ?? (value === undefined ? whole : form(value));
  });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);

/** A text that may be written: values of variables are `${NAME}` again, also as they are in JSON and in a URL. */
export const masked = (text: string): string => masking()(text);

/** What is no free text in a run document: it has a form or a meaning to programs, which a short value would break. */
const formal =
  /^(?:schema|status|purpose|kind|mode|loop|severity|fairness|percentile|window|code|histogram|.*At)$/;

/** The same for all texts in a value of JSON. Keys, numbers and what has a form of its own stay as they are. */
export function maskedJson(value: unknown): unknown {
  const mask = masking();
  const walk = (part: unknown, key = ''): unknown => {
    if (typeof part === 'string') return formal.test(key) ? part : mask(part);
    if (Array.isArray(part)) return part.map((item) => walk(item));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, walk(one, name)]));
  };
  return values.size === 0 ? value : walk(value);
}

/** All values are replaced in one pass, the longest first; names of variables are left alone. */
function masking(): (text: string) => string {
  const secrets = [...values]
    .filter(([, value]) => value.length >= shortestSecret)
    .toSorted(([, a], [, b]) => b.length - a.length);
  if (secrets.length === 0) return (text) => text;
  const groups = secrets.map(([, value]) => `(${formsOf(value).map(patternOf).join('|')})`);
  const pattern = new RegExp([...groups, String.raw`\$\{\w+\}`].join('|'), 'g');
  return (text) =>
    text.replaceAll(pattern, (whole, ...found: unknown[]) => {
      const [name] = secrets[found.slice(0, secrets.length).findIndex(Boolean)] ?? [];
      return name === undefined ? whole : `\${${name}}`;
    });
}

/** A value as it is, in JSON, in a URL and in a form. */
const formsOf = (value: string): string[] => {
  const inForm = new URLSearchParams([['', value]]).toString().slice(1);
  return [...new Set([value, inJson(value), encodeURIComponent(value), encodeURI(value), inForm])];
};

/** Digits of percent escapes may be small or capital. */
const patternOf = (form: string): string =>
  form
    .replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
    .replaceAll(/%[0-9A-F]{2}/g, (escape) =>
      escape.replaceAll(/[A-F]/g, (digit) => `[${digit}${digit.toLowerCase()}]`),
    );

/** Headers that hold no credentials. A list of those that do would never be complete. */
const harmless =
  /^(?:accept(?:-.*)?|content-(?:type|encoding|language)|user-agent|host|cache-control|pragma|origin|if-none-match|range|prefer)$/i;

/**
 * The value of a header that may be written. A value that was typed out, or put there by the shell, is left out unless the
 * header is known to be harmless; one that refers to a variable is kept as it is.
 */
export const writtenHeader = (name: string, value: string): string =>
  harmless.test(name) || namesIn(value).length > 0 ? masked(value) : '***';

/** The words of a command that may be written. */
export const writtenCommand = (words: readonly string[]): string[] =>
  words.map((word, index) => {
    const [, start = '', text = ''] =
      /^(--header=)(.*)$/s.exec(word) ?? (words[index - 1] === '--header' ? ['', '', word] : []);
    const [, name, separator, value] = /^([^:]+)(:\s*)(.*)$/s.exec(text) ?? [];
    return name === undefined || separator === undefined || value === undefined
      ? masked(word)
      : `${start}${name}${separator}${writtenHeader(name, value)}`;
  });
