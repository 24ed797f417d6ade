/** What the person should know just now: calm lines below the header. */
import type { Copy } from '../copy.vi.ts';
import { button, element, icon } from '../element.ts';
import { type ChatState, isQueueChoice, QUEUE_CHOICES } from '../sync/chat-state.ts';
import type { ViewContext } from './context.ts';
import { ICONS } from './icons.ts';
import { sayQueue } from './queue-words.ts';

export interface Banners {
  readonly box: HTMLElement;
  readonly render: (state: ChatState) => void;
}

type Kind = 'offline' | 'waiting' | 'degraded' | 'busy' | 'checking' | 'refused' | 'queued' | 'closed';

const ICON_OF: Readonly<Record<Kind, string>> = {
  offline: ICONS.noNetwork,
  waiting: ICONS.noNetwork,
  degraded: ICONS.clock,
  busy: ICONS.clock,
  checking: ICONS.clock,
  refused: ICONS.person,
  queued: ICONS.clock,
  closed: ICONS.clock,
};
/** What the link itself has to say; that it is being made is said only after a while. */
const LINK_KINDS: readonly string[] = ['offline', 'degraded', 'busy', 'checking', 'refused'];
function isKind(link: string): link is Kind {
  return LINK_KINDS.includes(link);
}
/** A short break is none of the person's business. */
const SAY_WAITING_AFTER_MS = 1_500;

export interface BannersDeps {
  readonly copy: Copy;
  readonly retry: () => void;
  readonly continueWithoutSigningIn: () => void;
  /** Of a closed conversation. */
  readonly reopen: () => Promise<void>;
  readonly send: ViewContext['send'];
}

export function createBanners(deps: BannersDeps): Banners {
  const { copy, send } = deps;
  const box = element('div', { class: 'banners', role: 'status' });
  let shown = '';
  let lines = new Map<Kind, HTMLElement>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince = 0;
  let latest: ChatState | null = null;
  const waysOut = (['callback', 'backToBot'] as const).map((way) =>
    button('chip strong', copy.banner[way], () => send(copy.banner[way], QUEUE_CHOICES[way])),
  );
  const reopen = button('chip strong', copy.banner.reopen, () => {
    reopen.disabled = true;
    void deps.reopen().then(() => {
      reopen.disabled = false;
    });
  });

  const show = (kinds: readonly Kind[]): void => {
    if (shown === kinds.join()) return;
    shown = kinds.join();
    box.textContent = '';
    lines = new Map();
    for (const kind of kinds) {
      const words = element('p', {});
      const line = element('div', { class: `banner ${kind}` }, icon(ICON_OF[kind]), words);
      if (kind === 'waiting' || kind === 'offline' || kind === 'degraded')
        line.append(button('chip', copy.banner.retry, deps.retry));
      if (kind === 'refused')
        line.append(button('chip', copy.banner.withoutSigningIn, deps.continueWithoutSigningIn));
      if (kind === 'queued') line.append(element('div', { class: 'ways-out' }, ...waysOut));
      if (kind === 'closed') line.append(reopen);
      lines.set(kind, words);
      box.append(line);
    }
  };
  /** Only what has changed is written anew: whoever listens hears it once, and the focus stays on a button. */
  const say = ({ conversation }: ChatState): void => {
    for (const [kind, words] of lines) {
      const text =
        kind === 'queued' ? sayQueue(conversation?.queue ?? null, copy, Date.now()) : copy.banner[kind];
      if (words.textContent !== text) words.textContent = text;
    }
  };
  const render = (state: ChatState): void => {
    latest = state;
    const { link, conversation } = state;
    const kinds: Kind[] = [];
    const cutOff = link === 'waiting' || (link === 'connecting' && conversation === null);
    if (!cutOff) waitingSince = 0;
    else if (waitingSince === 0) {
      waitingSince = Date.now();
      clearTimeout(timer);
      timer = setTimeout(() => latest && render(latest), SAY_WAITING_AFTER_MS + 50);
    }
    if (cutOff && Date.now() - waitingSince > SAY_WAITING_AFTER_MS) kinds.push('waiting');
    if (isKind(link)) kinds.push(link);
    const status = conversation?.status;
    // One at a time: on a phone with its keyboard open every line counts.
    if (kinds.length === 0 && (status === 'queued' || status === 'closed')) kinds.push(status);
    show(kinds);
    say(state);
    const { reopenUntil = null } = conversation ?? {};
    reopen.hidden = reopenUntil === null || Date.parse(reopenUntil) <= Date.now();
    // One of them is on its way: a second tap would only be said to a desk that has acted already.
    const leaving = state.pending.some(({ choice, refused }) => !refused && isQueueChoice(choice));
    for (const way of waysOut) way.disabled = leaving;
  };
  return { box, render };
}
