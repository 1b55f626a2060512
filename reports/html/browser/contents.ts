/** Marks, in the table of contents, the section that is being read: the last one that began above the middle. */
export function followReading(): void {
  const links = [
    ...document.querySelectorAll<HTMLAnchorElement>('.contents li:not(.guess-link) a'),
  ];
  const headings = links.map(({ hash }) => document.getElementById(hash.slice(1)));
  const mark = () => {
    const current = headings.findLastIndex(
      (heading) => heading && heading.getBoundingClientRect().top < innerHeight / 2,
    );
    for (const [index, link] of links.entries()) {
      if (index !== current) link.removeAttribute('aria-current');
      else if (!link.hasAttribute('aria-current')) {
        link.setAttribute('aria-current', 'true');
        const list = link.closest('ul');
        if (list) list.scrollLeft = link.offsetLeft - list.clientWidth / 2;
      }
    }
  };
  addEventListener('scroll', mark, { passive: true });
  addEventListener('resize', mark);
  mark();
}

/** A link to something in a closed disclosure opens it. */
export function openTargets(): void {
  const open = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    let closed = target.closest<HTMLDetailsElement>('details:not([open])');
    if (!closed) return;
    for (; closed; closed = target.closest('details:not([open])')) closed.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', open);
  open();
}
