/**
 * A voice call with the hotline, from tapping "Gọi tổng đài" to the end. A file of its own, loaded when it is first
 * wanted: most people never call.
 */
import type { CallView, IceServer } from '../../src/contracts/calls.ts';
import { type MicrophoneFailure, openMicrophone } from '../../web-sync/microphone.ts';
import { randomName } from '../../web-sync/random-name.ts';
import { createTalk } from '../../web-sync/voice-talk.ts';
import type { Copy } from '../copy.vi.ts';
import { button, element } from '../element.ts';
import type { CallLine } from '../sync/call-line.ts';
import { openDialog } from '../views/dialogs.ts';
import { CALL_COPY, type CallCopy } from './call-copy.ts';
import { createCallPanel } from './call-panel.ts';

export interface CallDeps {
  readonly copy: Copy;
  readonly locale: keyof typeof CALL_COPY;
  readonly line: CallLine;
  /** Where the call is shown. */
  readonly place: HTMLElement;
  readonly say: (text: string) => void;
  /** Leaves a number, for somebody to call back. */
  readonly askForCallback: (text: string) => void;
}

const PAGE_BYTES = 16;

/** Why there is no call. */
type Hindrance = MicrophoneFailure | 'nobody' | 'unanswered' | 'lost' | 'offline';

/** One at a time. */
let isBusy = false;

export async function startCall(deps: CallDeps): Promise<void> {
  if (isBusy) {
    deps.place.querySelector('button')?.focus();
    return;
  }
  isBusy = true;
  dress();
  try {
    // Nobody is asked for the microphone in vain.
    const check = await deps.line.ask('call:check', {});
    if (!check?.ok) return hinder(deps, 'offline', check?.error.message);
    if (!check.data.available) return hinder(deps, 'nobody');
    if (await agree(deps)) await call(deps);
  } finally {
    isBusy = false;
  }
}

const STYLES = 'call.css';

/** Styles of the call come with it, too. They are there before anybody has agreed to call. */
function dress(): void {
  if (document.querySelector(`link[href="${STYLES}"]`) === null)
    document.head.append(element('link', { rel: 'stylesheet', href: STYLES }));
}

/** What the browser is about to ask, before it asks. */
function agree({ copy, locale }: CallDeps): Promise<boolean> {
  const words = CALL_COPY[locale];
  return new Promise((resolve) => {
    openDialog(
      'confirm-dialog',
      words.title,
      copy,
      (close) => {
        const choose = (agreed: boolean) => () => {
          resolve(agreed);
          close();
        };
        return [
          element('p', {}, words.about),
          element('p', {}, words.microphone),
          element(
            'div',
            { class: 'dialog-actions' },
            button('solid calm', words.notNow, choose(false)),
            button('solid', words.start, choose(true)),
          ),
        ];
      },
      // However else it is closed.
      () => resolve(false),
    );
  });
}

function hinder({ copy, locale, askForCallback }: CallDeps, why: Hindrance, said?: string): void {
  const words = CALL_COPY[locale];
  openDialog('confirm-dialog', words.hindered[why].title, copy, (close) => [
    element('p', {}, said ?? words.hindered[why].text),
    element(
      'div',
      { class: 'dialog-actions' },
      button('solid calm', copy.dialogClose, close),
      button('solid', words.callback, () => {
        close();
        askForCallback(words.callback);
      }),
    ),
  ]);
}

async function call(deps: CallDeps): Promise<void> {
  const { locale, line, place } = deps;
  const words = CALL_COPY[locale];
  const opened = await openMicrophone();
  if ('failure' in opened) return hinder(deps, opened.failure);
  const page = randomName(PAGE_BYTES);
  const started = await line.ask('call:start', { page });
  if (!started?.ok || started.data.outcome === 'nobody') {
    for (const track of opened.stream.getTracks()) track.stop();
    return started?.ok ? hinder(deps, 'nobody') : hinder(deps, 'offline', started?.error.message);
  }
  const { call: made, iceServers } = started.data;
  const end = await talk({ words, line, place, page, call: made, iceServers, microphone: opened.stream });
  if (end === 'missed') hinder(deps, 'unanswered');
  else if (end === 'failed') hinder(deps, 'lost');
  else deps.say(words.over);
}

interface Talk extends Pick<CallDeps, 'line' | 'place'> {
  readonly words: CallCopy;
  readonly page: string;
  readonly call: CallView;
  readonly iceServers: readonly IceServer[];
  readonly microphone: MediaStream;
}

/** @returns how it ended */
function talk({ words, line, place, page, call, iceServers, microphone }: Talk): Promise<CallView['status']> {
  return new Promise((resolve) => {
    const { id } = call;
    const panel = createCallPanel(words, {
      hangUp: () => talking.hangUp(),
      setMuted: (muted) => talking.setMuted(muted),
      setHeld: (held) => talking.setHeld(held),
    });
    const show = (view: CallView): CallView['status'] => {
      panel.renderCall(view);
      return view.status;
    };
    const talking = createTalk({
      microphone,
      iceServers,
      offers: false,
      line: {
        async pass(signal) {
          const ack = await line.ask('call:signal', { call: id, signal });
          return ack?.ok === true && ack.data.delivered;
        },
        async end(reason) {
          const ack = await line.ask('call:end', { call: id, reason });
          return ack?.ok ? ack.data.status : null;
        },
        async resume() {
          const ack = await line.ask('call:resume', { call: id, page });
          if (ack?.ok) return show(ack.data);
          return ack?.error.code === 'call_not_found' ? 'gone' : null;
        },
        report: (quality) => void line.ask('call:report', { call: id, quality }),
      },
      onVoice: panel.renderVoice,
      onOver(status) {
        stopListening();
        panel.close();
        resolve(status);
      },
    });
    const stopListening = line.listen({
      changed: (view) => view.id === id && talking.takeStatus(show(view)),
      signal: (fact) => fact.call === id && talking.takeSignal(fact.signal),
      online: talking.takeUp,
    });
    place.append(panel.box);
    talking.takeStatus(show(call));
  });
}
