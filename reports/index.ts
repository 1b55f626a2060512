import type { RunDocument } from '../results/run-document.ts';
import { renderBenchstat } from './benchstat/render.ts';
import { renderCsv } from './csv/render.ts';
import { renderHgrm } from './hgrm/render.ts';
import { renderHtml } from './html/render.ts';
import { renderMarkdown } from './markdown/render.ts';
import type { ReportFile } from './report-file.ts';

/** A way of telling a run, made from its document alone. */
export interface ReportFormat {
  readonly name: string;
  /** For whom or what it is. */
  readonly about: string;
  readonly render: (document: RunDocument) => readonly ReportFile[];
}

const one =
  (name: string, render: (document: RunDocument) => string) => (document: RunDocument) => [
    { name, content: render(document) },
  ];
const asJson = (document: RunDocument) => `${JSON.stringify(document, null, 2)}\n`;

/** Every format, in the order that help texts list them. */
export const formats: readonly ReportFormat[] = [
  { name: 'html', about: 'a page to look at and pass on', render: one('report.html', renderHtml) },
  { name: 'markdown', about: 'for a pull request', render: one('report.md', renderMarkdown) },
  { name: 'csv', about: 'one number a row', render: one('report.csv', renderCsv) },
  { name: 'json', about: 'the run document itself', render: one('report.json', asJson) },
  { name: 'hgrm', about: 'HdrHistogram percentile files', render: renderHgrm },
  { name: 'benchstat', about: 'Go’s benchmark format', render: one('bench.txt', renderBenchstat) },
];
