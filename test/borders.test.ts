import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../servers/package-root.ts';

const everyFormat = [
  'results',
  'reports/findings',
  'reports/drawing',
  'reports/timeline',
  'reports/report-file.ts',
];

/** What each folder may import besides its own files; a format that is not listed may import what every format may. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  workloads: [],
  servers: ['workloads'],
  results: ['zlib'],
  'reports/findings': ['results'],
  'reports/drawing': ['results', 'reports/findings'],
  'reports/timeline': ['results', 'reports/findings', 'reports/drawing'],
  runner: ['workloads', 'servers', 'results', 'reports'],
  benchmarks: ['workloads', 'servers', 'results', 'reports', 'runner'],
};

/** What the pure folders may take from Node.js: text and the package's own files, no process, socket or clock. */
const pureModules: Readonly<Record<string, readonly string[]>> = {
  workloads: ['crypto', 'util'],
  results: ['zlib'],
  reports: ['crypto', 'fs', 'module', 'path', 'url', 'util'],
};

const sources = globSync('{workloads,servers,results,reports,runner,benchmarks}/**/*.ts', {
  cwd: packageRoot,
}).filter((file) => !file.endsWith('.test.ts'));

const textOf = (file: string) => readFileSync(join(packageRoot, file), 'utf8');

function importsOf(file: string): string[] {
  const found = textOf(file).matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'/g);
  return [...found].map(([, specifier = '']) =>
    specifier.startsWith('.') ? join(dirname(file), specifier) : specifier,
  );
}

/** The folder that a file's border goes around: of reports, each format by itself. */
function folderOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'reports' && !second.endsWith('.ts') ? `${top}/${second}` : top;
}

function mayImport(folder: string, target: string): boolean {
  if (folder === folderOf(target)) return true;
  const targets = folder === 'reports' ? ['results', 'reports'] : (allowed[folder] ?? everyFormat);
  return targets.some((one) => target === one || target.startsWith(`${one}/`));
}

const isLocal = (specifier: string) => sources.includes(specifier);

test('no import crosses a border between folders the wrong way', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .filter(isLocal)
      .filter((target) => !mayImport(folderOf(file), target))
      .map((target) => `${file} imports ${target}`),
  );
  expect(sources.length).toBeGreaterThan(200);
  expect(wrong).toEqual([]);
});

test('workloads, results and reports start no process, open no socket and read no clock', () => {
  const wrong = sources.flatMap((file) => {
    const modules = pureModules[file.split('/')[0] ?? ''];
    if (!modules) return [];
    const imported = importsOf(file)
      .filter((specifier) => specifier.startsWith('node:'))
      .filter((specifier) => !modules.includes(specifier.slice('node:'.length)));
    const clocks = textOf(file).match(/Date\.now|performance\.now|new Date\(\)/g) ?? [];
    return [...imported, ...clocks].map((what) => `${file}: ${what}`);
  });
  expect(wrong).toEqual([]);
});
