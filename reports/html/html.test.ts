import { describe, expect, test } from '@jest/globals';
import { html, scriptJson, trusted } from './html.ts';

const hostile = `</script><script>alert("1")</script>&'\u2028\u2029🦊`;

describe('a template', () => {
  test('escapes what is put into text and attributes', () => {
    expect(html`<p title="${hostile}">${hostile}</p>`.markup).not.toMatch(/<script|title="[^"]*'/);
    expect(html`<i>${'<b>"&\''}</i>`.markup).toBe('<i>&lt;b&gt;&quot;&amp;&#39;</i>');
  });

  test('takes markup, lists and nothing as they are', () => {
    expect(html`<ul>${[html`<li>${1}</li>`, trusted('<li>2</li>')]}${null}</ul>`.markup).toBe(
      '<ul><li>1</li><li>2</li></ul>',
    );
  });
});

describe('JSON in a script element', () => {
  test('cannot end the element and reads back as it was', () => {
    const { markup } = scriptJson({ hostile });
    expect(markup).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(markup)).toEqual({ hostile });
  });
});
