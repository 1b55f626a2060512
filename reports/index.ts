import type { RunDocument } from '../results/run-document.ts';
import { renderHtml } from './html/render.ts';

/** A way of telling a run, made from its document alone. */
export interface ReportFormat {
  readonly name: string;
  /** Of a file that holds it, without the dot. */
  readonly extension: string;
  readonly render: (document: RunDocument) => string;
}

/** Every format, in the order that help texts list them. */
export const formats: readonly ReportFormat[] = [
  { name: 'html', extension: 'html', render: renderHtml },
];
