/** Windows over the chat: one at a time, closed with Escape, the focus comes back to where it was. */
import type { Copy } from '../copy.vi.ts';
import { button, element, iconButton } from '../element.ts';
import { ICONS } from './icons.ts';

export interface OpenDialog {
  readonly close: () => void;
}

let serial = 0;

export function openDialog(
  className: string,
  title: string,
  copy: Copy,
  fill: (close: () => void) => readonly HTMLElement[],
  onClose: () => void = () => undefined,
): OpenDialog {
  const before = document.activeElement;
  const titleId = `dialog-${++serial}`;
  const dialog = element('dialog', { class: className, 'aria-labelledby': titleId });
  const close = (): void => {
    // What is being said in passing outlives the window.
    const toast = dialog.querySelector('.toast');
    if (toast !== null) document.querySelector('.toasts')?.append(toast);
    dialog.remove();
    onClose();
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
  const head = element(
    'div',
    { class: 'dialog-head' },
    element('h2', { id: titleId, tabindex: '-1' }, title),
    iconButton('icon-button', copy.dialogClose, ICONS.close, close),
  );
  dialog.append(head, element('div', { class: 'dialog-body' }, ...fill(close)));
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  // A tap beside the window.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) close();
  });
  document.body.append(dialog);
  // Web views of old iPhones do not know it; the window is then shown, but Tab leaves it.
  if (typeof dialog.showModal === 'function') dialog.showModal();
  else dialog.setAttribute('open', '');
  dialog.querySelector('h2')?.focus();
  return { close };
}

export function openImage(src: string, alt: string, copy: Copy): void {
  openDialog('image-dialog', alt, copy, () => {
    const frame = element(
      'div',
      { class: 'image-frame', tabindex: '0', role: 'group', 'aria-label': alt },
      element('img', { src, alt }),
    );
    const zoom = button('solid calm', copy.zoomIn, () => {
      const zoomed = frame.classList.toggle('zoomed');
      zoom.textContent = zoomed ? copy.zoomOut : copy.zoomIn;
    });
    return [frame, zoom];
  });
}

/** Nothing happens unless `act` is tapped. `act` says what went wrong; null: all is well. */
export function openConfirmation(
  copy: Copy,
  words: { readonly title: string; readonly body: string; readonly confirm: string; readonly cancel: string },
  act: () => Promise<string | null>,
): void {
  openDialog('confirm-dialog', words.title, copy, (close) => {
    const failure = element('p', { class: 'failure', role: 'alert' });
    failure.hidden = true;
    const confirm = button('solid danger', words.confirm, () => {
      confirm.disabled = true;
      void act().then((wrong) => {
        if (wrong === null) return close();
        confirm.disabled = false;
        failure.textContent = wrong;
        failure.hidden = false;
      });
    });
    return [
      element('p', {}, words.body),
      failure,
      element('div', { class: 'dialog-actions' }, button('solid calm', words.cancel, close), confirm),
    ];
  });
}

/** A text to be taken along where files cannot be saved. */
export function openText(copy: Copy, text: string, copyText: (text: string) => void): void {
  openDialog('text-dialog', copy.transcript.title, copy, () => {
    const area = element('textarea', { readonly: '', rows: '12', 'aria-label': copy.transcript.title });
    area.value = text;
    return [area, button('solid', copy.copy, () => copyText(text))];
  });
}
