import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../servers/package-root.ts';
import { endpoints, queryParametersOf } from '../workloads/endpoints.ts';

const read = (path: string) => readFileSync(join(packageRoot, path), 'utf8');

const pages = ['', 'docs', 'docs/decisions'].flatMap((folder) =>
  readdirSync(join(packageRoot, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

function anchorsIn(page: string): string[] {
  const headings = read(page).matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = '']) => anchorOf(heading));
}

/** The links of a page to files of this project that do not exist, or to headings that do not. */
function brokenLinks(page: string): string[] {
  const links = [...read(page).matchAll(/\]\((?![a-z]+:)([^)#]*)(?:#([^)]*))?\)/g)];
  return links.flatMap(([link, path = '', anchor]) => {
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(packageRoot, target))) return [link];
    const isPage = anchor !== undefined && target.endsWith('.md');
    return isPage && !anchorsIn(target).includes(anchor) ? [link] : [];
  });
}

test('links between the pages lead to files and headings that exist', () => {
  const broken = pages.flatMap((page) => brokenLinks(page).map((link) => `${page}: ${link}`));
  expect(broken).toEqual([]);
});

test.each(['docs', 'docs/decisions'])('the index of %s lists every page', (folder) => {
  const links = [...read(join(folder, 'README.md')).matchAll(/\]\(([^)/]+\.md)\)/g)];
  const listed = links.map(([, name = '']) => name);
  const present = pages.map((page) => relative(folder, page)).filter((name) => !name.includes('/'));
  expect([...listed, 'README.md'].toSorted()).toEqual(present.toSorted());
});

test('decision 1 gives a reason for every dependency', () => {
  const {
    dependencies,
    devDependencies,
    optionalDependencies,
  }: Record<string, Record<string, string>> = JSON.parse(read('package.json'));
  const rows = [...read('docs/decisions/0001-dependencies.md').matchAll(/^\| ([^|]*) \|/gm)];
  const explained = rows.flatMap(([, names = '']) => names.split(', '));
  expect(explained.filter((name) => name !== 'package').toSorted()).toEqual(
    Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).toSorted(),
  );
});

test('the wire contract has the parameters of the workloads, with their defaults and limits', () => {
  const cells = [...read('docs/wire-contract.md').matchAll(/^\| [^|]*\| `([a-z]+)` \| (.*)$/gm)];
  const documented = cells.map(([, name, limits = '']) => [
    name,
    ...limits.split(' | ').slice(0, 3).map(Number),
  ]);
  expect(documented).toEqual(
    endpoints.flatMap((endpoint) =>
      Object.entries(queryParametersOf(endpoint)).map(([name, limits]) => [
        name,
        limits.default,
        limits.minimum,
        limits.maximum,
      ]),
    ),
  );
});
