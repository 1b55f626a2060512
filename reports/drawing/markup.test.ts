import { describe, expect, test } from '@jest/globals';
import { html, scriptJson, trusted } from './markup.ts';

const hostile = `</script><script>alert("1")</script>&'\u2028\u2029🦊`;

describe('a template', () => {
  test('escapes text and attributes', () => {
    expect(html`<p title="${hostile}">${hostile}</p>`.markup).not.toMatch(/<script|title="[^"]*'/);
    expect(html`<i>${'<b>"&\''}</i>`.markup).toBe('<i>&lt;b&gt;&quot;&amp;&#39;</i>');
  });

  test('inserts markup, lists and null unescaped', () => {
    expect(html`<ul>${[html`<li>${1}</li>`, trusted('<li>2</li>')]}${null}</ul>`.markup).toBe(
      '<ul><li>1</li><li>2</li></ul>',
    );
  });
});

describe('JSON in a script element', () => {
  test('cannot end the element and parses to the same value', () => {
    const { markup } = scriptJson({ hostile });
    expect(markup).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(markup)).toEqual({ hostile });
  });
});
