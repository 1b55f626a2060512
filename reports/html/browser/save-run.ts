import type { Page } from './dom.ts';

/** Lets the reader save the run's document, which the page carries, as a file. */
export function saveRun({ document }: Page): void {
  const button = document.querySelector('#save-run');
  const embedded = document.querySelector('#run-document');
  if (!button || !embedded) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([embedded.textContent], { type: 'application/json' }));
    link.download = 'run.json';
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
