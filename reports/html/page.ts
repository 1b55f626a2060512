import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Theme } from '../drawing/chart-spec.ts';
import { type Html, html, trusted } from '../drawing/markup.ts';
import { dark, drawingCss, font, light } from '../drawing/theme.ts';

let library: string | undefined;

/** chart.js as one script. Node resolves the package, so that this works from source and from dist. */
export function chartLibrary(): string {
  library ??= readFileSync(
    join(dirname(createRequire(import.meta.url).resolve('chart.js')), 'chart.umd.js'),
    'utf8',
  ).replace(/\n\/\/# sourceMappingURL=.*\s*$/, '');
  return library;
}

let style: string | undefined;

/** The page's style: the colours of both schemes, then the style sheet. */
function pageStyle(): string {
  const colors = (theme: Theme) =>
    `:root { --ink: ${theme.ink}; --muted: ${theme.muted}; --grid: ${theme.grid}; --paper: ${theme.paper}; }\n${drawingCss(theme)}`;
  style ??= `:root { --font: ${font}; }
${colors(light)}@media screen and (prefers-color-scheme: dark) {
${colors(dark)}}
${readFileSync(fileURLToPath(new URL('style.css', import.meta.url)), 'utf8')}`;
  return style;
}

/** A whole page without network access: style and scripts are inline, and nothing else may run. */
export function page(title: string, body: Html, scripts: readonly string[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(pageStyle())}</style>
</head>
<body>
${body}
${scripts.map((script) => html`<script>${trusted(script)}</script>\n`)}
</body>
</html>
`.markup;
}

/** Allows the page's own style and scripts by hash and images in data URLs, so that no mistake can load or send anything. */
function contentSecurityPolicy(scripts: readonly string[]): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${scripts.length > 0 ? scripts.map(hash).join(' ') : "'none'"}`,
    `style-src ${hash(pageStyle())}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
