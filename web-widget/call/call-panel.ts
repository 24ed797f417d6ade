/** The call on screen: a strip below the header, so that reading and writing go on meanwhile. */
import type { CallView } from '../../src/contracts/calls.ts';
import type { VoiceState } from '../../web-sync/voice-call.ts';
import { button, element, icon } from '../element.ts';
import { ICONS } from '../views/icons.ts';
import type { CallCopy } from './call-copy.ts';

export interface CallPanel {
  readonly box: HTMLElement;
  readonly renderCall: (call: CallView) => void;
  readonly renderVoice: (state: VoiceState) => void;
  readonly close: () => void;
}

export interface CallPanelActs {
  readonly hangUp: () => void;
  readonly setMuted: (muted: boolean) => void;
  readonly setHeld: (held: boolean) => void;
}

export function createCallPanel(words: CallCopy, acts: CallPanelActs): CallPanel {
  let call: CallView | null = null;
  let voice: VoiceState | null = null;
  let connectedAt: number | null = null;

  const status = element('p', { class: 'call-status', role: 'status' });
  const time = element('span', { class: 'call-time' });
  const level = element('span', { class: 'call-level' });
  const mute = button('chip', words.mute, () => acts.setMuted(!(voice?.muted ?? false)));
  const hold = button('chip', words.hold, () => acts.setHeld(!(voice?.held ?? false)));
  const talking = [mute, hold];
  const box = element(
    'section',
    { class: 'call', 'aria-label': words.title },
    element(
      'div',
      { class: 'call-head' },
      icon(ICONS.phone),
      status,
      element('p', { class: 'call-facts' }, time, level),
    ),
    element('div', { class: 'call-acts' }, ...talking, button('chip hang-up', words.hangUp, acts.hangUp)),
  );

  /** Only what has changed is written: whoever listens hears it once. */
  const write = (node: HTMLElement, text: string): void => {
    if (node.textContent !== text) node.textContent = text;
  };
  const render = (): void => {
    write(status, describe());
    const isTalking = call?.status === 'accepted';
    for (const one of talking) one.hidden = !isTalking;
    const { muted = false, held = false } = voice ?? {};
    write(mute, muted ? words.unmute : words.mute);
    write(hold, held ? words.unhold : words.hold);
    mute.setAttribute('aria-pressed', String(muted));
    hold.setAttribute('aria-pressed', String(held));
    const heard = voice?.link === 'connecting' ? null : (voice?.level ?? null);
    level.dataset['level'] = heard ?? '';
    write(level, heard === null ? '' : words.levels[heard]);
    tick();
  };
  const describe = (): string => {
    if (call?.status !== 'accepted') return words.ringing;
    if (voice === null || voice.link === 'connecting') return words.connecting;
    if (voice.link === 'unsteady') return words.unsteady;
    if (voice.held) return words.holding;
    return voice.otherHeld ? words.held : words.talkingTo(call.agent ?? '');
  };
  const tick = (): void => {
    write(time, connectedAt === null ? '' : sayClock(Date.now() - connectedAt));
  };
  const ticking = setInterval(tick, 1_000);

  return {
    box,
    renderCall(next) {
      call = next;
      render();
    },
    renderVoice(next) {
      voice = next;
      if (next.link === 'connected') connectedAt ??= Date.now();
      render();
    },
    close() {
      clearInterval(ticking);
      box.remove();
    },
  };
}

/** 1:05 */
function sayClock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
