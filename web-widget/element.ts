/** A new element with its attributes and its children; strings become text. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const name of Object.keys(attributes)) made.setAttribute(name, attributes[name] ?? '');
  made.append(...children);
  return made;
}

/** A line drawing on a 24 × 24 grid that says nothing of its own. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(svg.namespaceURI, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** Text for those who listen to the page. */
export function unseen(text: string): HTMLElement {
  return element('span', { class: 'unseen' }, text);
}

export function button(
  className: string,
  label: string,
  act: () => void,
  ...icons: readonly SVGElement[]
): HTMLButtonElement {
  const made = element('button', { type: 'button', class: className }, ...icons, label);
  made.addEventListener('click', act);
  return made;
}

/** A button that shows a drawing only; the label is for those who listen. */
export function iconButton(
  className: string,
  label: string,
  path: string,
  act: () => void,
): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', class: className, 'aria-label': label, title: label },
    icon(path),
  );
  made.addEventListener('click', act);
  return made;
}
