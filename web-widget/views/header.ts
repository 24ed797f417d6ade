/** The top: whose chat this is, who answers just now, and the way to the options. */
import type { Copy } from '../copy.vi.ts';
import { element, iconButton } from '../element.ts';
import type { ChatState } from '../sync/chat-state.ts';
import { ICONS } from './icons.ts';

export interface Header {
  readonly box: HTMLElement;
  readonly render: (state: ChatState) => void;
}

export function createHeader(
  copy: Copy,
  openMenu: () => void,
  close: (() => void) | null,
  call: () => void,
): Header {
  const status = element('p', { class: 'status' });
  const dot = element('span', { class: 'dot', 'aria-hidden': 'true' });
  const words = element('span', {});
  status.append(dot, words);
  const menu = iconButton('icon-button menu', copy.menu, ICONS.menu, openMenu);
  menu.setAttribute('aria-haspopup', 'dialog');
  const box = element(
    'header',
    {},
    element('img', { class: 'logo', src: 'icon.svg', alt: '', width: '40', height: '40' }),
    element('div', { class: 'titles' }, element('h1', {}, copy.title), status),
    iconButton('icon-button', copy.voice.title, ICONS.phone, call),
    menu,
  );
  if (close !== null) box.append(iconButton('icon-button', copy.close, ICONS.close, close));
  return {
    box,
    render({ link, conversation }) {
      const state = link !== 'online' ? link : (conversation?.status ?? 'bot');
      const agent = state === 'active' ? conversation?.agent : undefined;
      words.textContent = agent ? copy.helpedBy(agent) : copy.status[state === 'bot' ? 'online' : state];
      dot.dataset['state'] = link;
      dot.dataset['status'] = state;
    },
  };
}
