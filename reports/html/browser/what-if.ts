import {
  predictedText,
  type Question,
  threeDigits,
  type WhatIf,
  whatIfSpec,
} from '../figures/what-if-spec.ts';

/** Lets the reader change load, wait, CPU time and workers, and draws what is predicted for them. */
export function offerWhatIfs(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('.what-if')) {
    const data = JSON.parse(form.querySelector(':scope > script')?.textContent ?? '') as WhatIf;
    const sliders = [...form.querySelectorAll<HTMLInputElement>('input')];
    const chart = form.querySelector<HTMLElement>('.chart');
    const answers = form.querySelectorAll('.predicted');
    const mostWorkers = Math.max(...data.servers.map(({ workers }) => workers));
    let question: Question = data.measured;

    const show = () => {
      for (const slider of sliders) {
        const value = question[slider.name as keyof Question];
        const text =
          value === null ? 'as measured' : `${threeDigits(value)}${slider.dataset['unit']}`;
        slider.setAttribute('aria-valuetext', text);
        const output = slider.parentElement?.querySelector('output');
        if (output) output.textContent = text;
      }
      for (const [index, server] of data.servers.entries()) {
        const answer = answers[index];
        if (answer) answer.textContent = predictedText(data, server, question);
      }
      const spec = document.getElementById(chart?.dataset['spec'] ?? '');
      if (spec) spec.textContent = JSON.stringify(whatIfSpec(data, question));
      chart?.dispatchEvent(new CustomEvent('redraw', { bubbles: true }));
    };
    const reset = () => {
      question = data.measured;
      for (const slider of sliders) {
        const value = question[slider.name as keyof Question] ?? mostWorkers;
        slider.value = String(positionOf(slider, value));
      }
      show();
    };
    form.addEventListener('input', ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      question = { ...question, [target.name]: valueAt(target) };
      show();
    });
    form.addEventListener('reset', (event) => {
      event.preventDefault();
      reset();
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    reset();
  }
}

/** The ends of a slider's scale, which is logarithmic unless it begins at 0: then it is quadratic. */
export function scaleOf({ dataset }: HTMLInputElement): { low: number; high: number } {
  return { low: Number(dataset['low']), high: Number(dataset['high']) };
}

export function valueAt(slider: HTMLInputElement): number {
  const { low, high } = scaleOf(slider);
  const share = Number(slider.value) / 100;
  const value = low > 0 ? low * (high / low) ** share : high * share ** 2;
  return slider.dataset['whole'] === undefined ? value : Math.round(value);
}

export function positionOf(slider: HTMLInputElement, value: number): number {
  const { low, high } = scaleOf(slider);
  const share = low > 0 ? Math.log(value / low) / Math.log(high / low) : Math.sqrt(value / high);
  return Math.round(100 * Math.max(0, Math.min(1, share)));
}
