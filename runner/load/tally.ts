import { mergeDistributions, TimeRecorder } from '../../results/distribution.ts';
import type { ClassMeasurement, RequestCounts } from '../../results/run-document.ts';
import type { LoadResult } from './load.ts';

export const intervalSeconds = 0.1;

/** When a load's window begins and ends, on the clock of `performance.now()`. */
export interface Window {
  readonly startMs: number;
  readonly endMs: number;
}

/** A request that has been sent, and how to tell what became of it. */
export interface SentRequest {
  readonly classIndex: number;
  readonly sentMs: number;
  /** When it should have been sent; null in a closed loop, which sends when it can. */
  readonly intendedMs: number | null;
}

class ClassTally {
  readonly counts: RequestCounts = {
    sent: 0,
    ok: 0,
    non2xx: 0,
    timeouts: 0,
    errors: 0,
    mismatched: 0,
  };
  readonly serviceTime = new TimeRecorder();
  readonly responseTime = new TimeRecorder();
  completedInWindow = 0;
}

/**
 * The account of one load. A request belongs to the window when it was to be sent in it, whenever it is
 * answered; throughput is what was well answered in the window, whenever it was sent. A request that got
 * no good answer (a timeout, a broken connection, a status other than 2xx) ranks above every other time.
 */
export class Tally {
  readonly #window: Window;
  readonly #open: boolean;
  readonly #classNames: readonly string[];
  readonly #classes: ClassTally[];
  readonly #completedByInterval: number[];
  readonly #failures = new Map<string, number>();
  readonly #sendLag = new TimeRecorder();
  connectionsOpened = 0;
  /** Good answers since the load began. */
  completed = 0;

  constructor(loop: 'closed' | 'open', window: Window, classNames: readonly string[]) {
    this.#window = window;
    this.#open = loop === 'open';
    this.#classNames = classNames;
    this.#classes = classNames.map(() => new ClassTally());
    const intervals = Math.ceil(this.#windowSeconds / intervalSeconds - 1e-9);
    this.#completedByInterval = Array.from({ length: intervals }, () => 0);
  }

  get #windowSeconds(): number {
    return (this.#window.endMs - this.#window.startMs) / 1000;
  }

  #counts(request: SentRequest): boolean {
    const ms = request.intendedMs ?? request.sentMs;
    return ms >= this.#window.startMs && ms < this.#window.endMs;
  }

  sent(request: SentRequest): void {
    if (!this.#counts(request)) return;
    this.#class(request).counts.sent += 1;
    if (request.intendedMs !== null) this.#sendLag.record(request.sentMs - request.intendedMs);
  }

  answered(request: SentRequest, nowMs: number, status: number, bodyMatches: boolean): void {
    if (status < 200 || status > 299) {
      this.#unanswered(request, 'non2xx', `status ${status}`);
      return;
    }
    const tally = this.#class(request);
    this.completed += 1;
    if (nowMs >= this.#window.startMs && nowMs < this.#window.endMs) {
      tally.completedInWindow += 1;
      const interval = Math.floor((nowMs - this.#window.startMs) / (intervalSeconds * 1000));
      this.#completedByInterval[interval] = (this.#completedByInterval[interval] ?? 0) + 1;
    }
    if (!this.#counts(request)) return;
    tally.counts.ok += 1;
    if (!bodyMatches) tally.counts.mismatched += 1;
    tally.serviceTime.record(nowMs - request.sentMs);
    if (request.intendedMs !== null) tally.responseTime.record(nowMs - request.intendedMs);
  }

  timedOut(request: SentRequest): void {
    this.#unanswered(request, 'timeouts', 'not answered in time');
  }

  failed(request: SentRequest, reason: string): void {
    this.#unanswered(request, 'errors', reason);
  }

  #unanswered(request: SentRequest, kind: 'non2xx' | 'timeouts' | 'errors', reason: string): void {
    if (!this.#counts(request)) return;
    const tally = this.#class(request);
    tally.counts[kind] += 1;
    tally.serviceTime.recordUnanswered();
    if (this.#open) tally.responseTime.recordUnanswered();
    this.#failures.set(reason, (this.#failures.get(reason) ?? 0) + 1);
  }

  #class(request: SentRequest): ClassTally {
    return this.#classes[request.classIndex] as ClassTally;
  }

  summarise(): LoadResult {
    const classes = this.#classes.map((tally, index) => this.#summariseClass(tally, index));
    const merge = (pick: (tally: ClassMeasurement) => ClassMeasurement['responseTime']) =>
      mergeDistributions(classes.map(pick).filter((distribution) => distribution !== null));
    return {
      requests: sumCounts(classes.map((tally) => tally.requests)),
      throughputPerSecond: classes.reduce((sum, tally) => sum + tally.throughputPerSecond, 0),
      serviceTime: merge((tally) => tally.serviceTime),
      responseTime: this.#open ? merge((tally) => tally.responseTime) : null,
      windowSeconds: this.#windowSeconds,
      classes,
      intervals: this.#summariseIntervals(),
      sendLag: this.#open ? this.#sendLag.summarise() : null,
      connectionsOpened: this.connectionsOpened,
      failures: Object.fromEntries(this.#failures),
    };
  }

  #summariseClass(tally: ClassTally, index: number): ClassMeasurement {
    return {
      name: this.#classNames[index] ?? '',
      requests: { ...tally.counts },
      throughputPerSecond: tally.completedInWindow / this.#windowSeconds,
      serviceTime: tally.serviceTime.summarise(),
      responseTime: this.#open ? tally.responseTime.summarise() : null,
    };
  }

  #summariseIntervals(): LoadResult['intervals'] {
    return this.#completedByInterval.map((completed, index) => {
      const startSeconds = index * intervalSeconds;
      const durationSeconds = Math.min(intervalSeconds, this.#windowSeconds - startSeconds);
      return { startSeconds, durationSeconds, completed };
    });
  }
}

function sumCounts(parts: readonly RequestCounts[]): RequestCounts {
  const sum = (key: keyof RequestCounts) => parts.reduce((total, part) => total + part[key], 0);
  return {
    sent: sum('sent'),
    ok: sum('ok'),
    non2xx: sum('non2xx'),
    timeouts: sum('timeouts'),
    errors: sum('errors'),
    mismatched: sum('mismatched'),
  };
}
