import { TimeRecorder } from '../../results/document/distribution.ts';
import type { ClassMeasurement } from '../../results/document/run-document.ts';
import { taperWeight } from '../../results/statistics/taper.ts';
import type { Load, LoadResult } from './load.ts';
import { mergeMeasurements, noRequests } from './merge-results.ts';
import { Intervals, type Window } from './window.ts';

/** A request that needs an outcome; times in ms of `performance.now()`. */
export interface TrackedRequest {
  readonly classIndex: number;
  /** When it was due; null in a closed loop, which sends when it can. */
  readonly intendedMs: number | null;
  /** When it was sent. */
  sentMs: number;
}

class ClassTally {
  readonly counts = noRequests();
  readonly serviceTime = new TimeRecorder();
  readonly responseTime = new TimeRecorder();
  /** Good responses in the window, tapered at its ends. */
  taperedCount = 0;
}

/** Whether an answer has the status that is expected: 2xx, unless the request has one of its own. */
export const isExpectedStatus = (status: number, expected: number | undefined): boolean =>
  expected === undefined ? status >= 200 && status <= 299 : status === expected;

/**
 * Counts the requests of one load and their outcomes. A request belongs to the window if it was due in it, whenever it is
 * answered; throughput counts the good responses that arrived in the window, whenever they were requested, with less weight
 * near its ends. A request without a good response (timeout, lost connection, another status than expected) ranks above
 * every measured time.
 */
export class Tally {
  readonly #window: Window;
  readonly #open: boolean;
  readonly #classNames: readonly string[];
  readonly #expectedStatuses: readonly (number | undefined)[];
  readonly #classes: readonly ClassTally[];
  readonly #intervals: Intervals;
  readonly #failures = new Map<string, number>();
  readonly #sendLag = new TimeRecorder();
  connectionsOpened = 0;
  readonly #connectionLimit: number;
  #waitedForConnection = 0;
  /** Good responses since the load began. */
  completed = 0;

  constructor(load: Load, window: Window, connectionLimit: number) {
    this.#window = window;
    this.#open = load.loop === 'open';
    this.#connectionLimit = connectionLimit;
    this.#classNames = load.classes.map(({ name }) => name);
    this.#expectedStatuses = load.classes.map(({ expectedStatus }) => expectedStatus);
    this.#classes = load.classes.map(() => new ClassTally());
    this.#intervals = new Intervals(window);
  }

  get #windowSeconds(): number {
    return (this.#window.endMs - this.#window.startMs) / 1000;
  }

  #inWindow(ms: number): boolean {
    return ms >= this.#window.startMs && ms < this.#window.endMs;
  }

  /** The weight of a response that arrives now. */
  #weightAt(ms: number): number {
    return taperWeight((ms - this.#window.startMs) / (this.#windowSeconds * 1000));
  }

  /** A request is sent or, in an open loop, due: from here on it must get an outcome. */
  started(request: TrackedRequest): void {
    const ms = request.intendedMs ?? request.sentMs;
    this.#intervals.sent(ms);
    if (this.#inWindow(ms)) this.#class(request).counts.sent += 1;
  }

  /** The generator has reached a request of an open loop, and sends it now or when a connection is free. */
  dispatched(intendedMs: number, nowMs: number): void {
    if (this.#inWindow(intendedMs)) this.#sendLag.record(nowMs - intendedMs);
  }

  /** A request of an open loop found all connections busy. */
  waits(intendedMs: number): void {
    if (this.#inWindow(intendedMs)) this.#waitedForConnection += 1;
  }

  answered(request: TrackedRequest, nowMs: number, status: number, bodyMatches: boolean): void {
    const expectedStatus = this.#expectedStatuses[request.classIndex];
    if (!isExpectedStatus(status, expectedStatus)) {
      this.#unanswered(request, nowMs, 'non2xx', `status ${status}`);
      return;
    }
    const tally = this.#class(request);
    this.completed += 1;
    this.#intervals.ended(nowMs);
    this.#intervals.completed(nowMs);
    if (this.#inWindow(nowMs)) tally.taperedCount += this.#weightAt(nowMs);
    if (!this.#inWindow(request.intendedMs ?? request.sentMs)) return;
    tally.counts.ok += 1;
    if (!bodyMatches) tally.counts.mismatched += 1;
    tally.serviceTime.record(nowMs - request.sentMs);
    if (request.intendedMs !== null) tally.responseTime.record(nowMs - request.intendedMs);
  }

  timedOut(request: TrackedRequest, nowMs: number): void {
    this.#unanswered(request, nowMs, 'timeouts', 'not answered in time');
  }

  failed(request: TrackedRequest, nowMs: number, reason: string): void {
    this.#unanswered(request, nowMs, 'errors', reason);
  }

  #unanswered(
    request: TrackedRequest,
    nowMs: number,
    outcome: 'non2xx' | 'timeouts' | 'errors',
    reason: string,
  ): void {
    this.#intervals.ended(nowMs);
    if (!this.#inWindow(request.intendedMs ?? request.sentMs)) return;
    const tally = this.#class(request);
    tally.counts[outcome] += 1;
    tally.serviceTime.recordUnanswered();
    if (this.#open) tally.responseTime.recordUnanswered();
    this.#failures.set(reason, (this.#failures.get(reason) ?? 0) + 1);
  }

  #class(request: TrackedRequest): ClassTally {
    return this.#classes[request.classIndex] as ClassTally;
  }

  summarise(): LoadResult {
    const classes = this.#classes.map((tally, index) => this.#summariseClass(tally, index));
    return {
      ...mergeMeasurements(classes),
      windowSeconds: this.#windowSeconds,
      classes,
      intervals: this.#intervals.summarise(),
      sendLag: this.#open ? this.#sendLag.summarise() : null,
      connectionsOpened: this.connectionsOpened,
      connectionLimit: this.#connectionLimit,
      waitedForConnection: this.#waitedForConnection,
      generatorProcesses: 1,
      failures: Object.fromEntries(this.#failures),
    };
  }

  #summariseClass(tally: ClassTally, index: number): ClassMeasurement {
    return {
      name: this.#classNames[index] ?? '',
      requests: { ...tally.counts },
      throughputPerSecond: tally.taperedCount / this.#windowSeconds,
      serviceTime: tally.serviceTime.summarise(),
      responseTime: this.#open ? tally.responseTime.summarise() : null,
    };
  }
}
