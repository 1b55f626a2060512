import { stripVTControlCharacters } from 'node:util';

/** Text from outside without what could steer the terminal. */
export const printable = (text: string): string =>
  stripVTControlCharacters(text).replace(/\p{Cc}+/gu, ' ');
