/** Shows the questions instead of the report while the address ends in #guess, and answers that the reader compares. */
export function offerGuesses(): void {
  const section = document.getElementById('guess');
  const link = document.querySelector<HTMLAnchorElement>('.contents a[href="#guess"]');
  if (!section || !link?.parentElement) return;
  link.parentElement.hidden = false;
  const follow = () => {
    const isGuessing = location.hash === '#guess';
    const wasGuessing = !section.hidden;
    section.hidden = !isGuessing;
    document.body.classList.toggle('guessing', isGuessing);
    if (isGuessing) section.querySelector('input')?.focus();
    else if (wasGuessing) {
      const target = document.getElementById(location.hash.slice(1));
      if (target) target.scrollIntoView();
      else scrollTo(0, 0);
    }
  };
  addEventListener('hashchange', follow);
  follow();
  for (const form of section.querySelectorAll('form')) {
    const slider = form.querySelector('input');
    const output = form.querySelector('output');
    const revealed = form.querySelector('.revealed');
    const answer = form.querySelector('template');
    if (!slider || !output || !revealed || !answer) continue;
    const show = () => {
      output.textContent = factorAt(Number(slider.value));
      slider.setAttribute('aria-valuetext', output.textContent);
      const guessed = revealed.querySelector('b');
      if (guessed) guessed.textContent = output.textContent;
    };
    slider.addEventListener('input', show);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      revealed.replaceChildren(answer.content.cloneNode(true));
      show();
    });
    show();
  }
}

/** A factor from 1 to 100 at a place of a logarithmic slider. */
export function factorAt(percent: number): string {
  const factor = 100 ** (percent / 100);
  return `${factor < 9.95 ? factor.toFixed(1) : factor.toFixed(0)}×`;
}
