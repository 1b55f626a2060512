/** Shorter values are no secrets, and would be found in any text. */
const shortestSecret = 4;
const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
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
  for (const [, name = ''] of text.matchAll(reference)) {
    const value = environment[name];
    if (!value) {
      const state = value === undefined ? 'not set' : 'empty';
      return `refers to the environment variable ${name}, which is ${state}`;
    }
    values.set(name, value);
  }
  return null;
}

/** The text that is sent: with the values of the variables that it refers to. */
export const withValues = (text: string): string =>
  text.replaceAll(reference, (whole, name: string) => values.get(name) ?? whole);

/** A text that may be written: values of variables are `${NAME}` again, also as they are in JSON and in a URL. */
export function masked(text: string): string {
  const secrets = [...values]
    .filter(([, value]) => value.length >= shortestSecret)
    .toSorted(([, a], [, b]) => b.length - a.length);
  return secrets.reduce((rest, [name, value]) => {
    const forms = new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]);
    return [...forms].reduce((left, form) => left.replaceAll(form, () => `\${${name}}`), rest);
  }, text);
}

/** The same for all texts in a value of JSON. */
export function maskedJson(value: unknown): unknown {
  return values.size === 0 ? value : JSON.parse(masked(JSON.stringify(value)));
}

const sensitive = /authorization|cookie|token|secret|password|api-?key/i;

/**
 * The value of a header that may be written. A credential that was typed out, or put there by the shell, is left out;
 * one that refers to a variable is kept as it is.
 */
export const writtenHeader = (name: string, value: string): string =>
  sensitive.test(name) && value.search(reference) < 0 ? '***' : masked(value);

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
