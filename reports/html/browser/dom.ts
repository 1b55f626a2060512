import type { ChartConfiguration } from 'chart.js';

/**
 * The little of a browser that the page's script uses. The project is checked without the DOM's types, so
 * that no server or runner code can lean on a browser by mistake.
 */
export interface Page {
  readonly document: {
    querySelectorAll(selector: string): Iterable<Element>;
    querySelector(selector: string): Element | null;
    createElement(name: 'a'): Link;
  };
  readonly Chart: {
    new (canvas: Element, configuration: ChartConfiguration): DrawnChart;
    readonly defaults: {
      font: { family: string; size: number };
      animation: boolean;
      color: string;
    };
  };
  matchMedia(query: string): Media;
  addEventListener(event: string, listener: () => void): void;
}

export interface Element {
  readonly textContent: string;
  readonly dataset: Readonly<Record<string, string>>;
  readonly style: { height: string };
  hidden: boolean;
  addEventListener(event: 'click', listener: () => void): void;
  querySelector(selector: string): Element | null;
}

interface Link {
  href: string;
  download: string;
  click(): void;
}

export interface DrawnChart {
  destroy(): void;
}

interface Media {
  readonly matches: boolean;
  addEventListener(event: 'change', listener: () => void): void;
}

/** The part of a canvas context that the marks are drawn with. */
export interface Brush {
  save(): void;
  restore(): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  stroke(): void;
  setLineDash(lengths: readonly number[]): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  strokeStyle: string;
  fillStyle: string;
  lineWidth: number;
  font: string;
  textAlign: string;
  textBaseline: string;
}
