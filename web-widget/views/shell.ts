/** The whole screen of the chat in one language. */
import type { FaqList } from '../../src/contracts/answers.ts';
import type { MessageView } from '../../src/contracts/chat.ts';
import type { Copy } from '../copy.vi.ts';
import { copyToClipboard } from '../device/clipboard.ts';
import { askPosition } from '../device/position.ts';
import { element } from '../element.ts';
import type { ChatSession } from '../sync/chat-session.ts';
import type { ChatState } from '../sync/chat-state.ts';
import { type Draft, FILE_GONE } from '../sync/outbox.ts';
import type { Uploads } from '../sync/uploads.ts';
import { createBanners } from './banners.ts';
import { wordsOfAnswer } from './bubbles.ts';
import { createComposer } from './composer.ts';
import { LOCATION_CHOICE, type ViewContext } from './context.ts';
import { openImage } from './dialogs.ts';
import { createHeader } from './header.ts';
import { createLog } from './log.ts';
import { wordsOfMessage } from './message-row.ts';
import { createWelcome } from './welcome.ts';

export interface ShellDeps {
  readonly copy: Copy;
  readonly session: ChatSession;
  readonly uploads: Uploads;
  readonly send: (draft: Omit<Draft, 'platform'>) => void;
  readonly openSettings: () => void;
  /** Calls the hotline, by voice. */
  readonly call: () => void;
  /** Where a call is shown. */
  readonly callPlace: HTMLElement;
  /** null: there is nothing to close. */
  readonly close: (() => void) | null;
  readonly continueWithoutSigningIn: () => void;
  readonly onTyping: () => void;
  /** The newest message is on screen. */
  readonly onSeen: () => void;
}

export interface Shell {
  readonly box: HTMLElement;
  /** To be called once the box is on the page. */
  readonly start: () => void;
  /** To be called when another takes its place. */
  readonly stop: () => void;
  readonly render: (state: ChatState) => void;
  readonly setFaq: (faq: FaqList) => void;
  /** Reads new messages out to those who listen. */
  readonly announce: (messages: readonly MessageView[]) => void;
  readonly say: (text: string) => void;
  readonly showsNewest: () => boolean;
  readonly focus: () => void;
  readonly copyText: (text: string) => void;
}

const SAID_FOR_MS = 6_000;
const ANNOUNCED_FOR_MS = 20_000;

export function createShell(deps: ShellDeps): Shell {
  const { copy, session, uploads } = deps;
  const toast = element('div', { class: 'toast', role: 'status' });
  const announcer = element('div', { class: 'unseen', 'aria-live': 'polite' });
  let toastTimer: ReturnType<typeof setTimeout> | undefined;
  let owner = session.store.get().owner;

  let { provisional } = session.store.get();

  const readOut = (text: string): void => {
    const words = element('p', {}, text);
    announcer.append(words);
    setTimeout(() => words.remove(), ANNOUNCED_FOR_MS);
  };
  const say = (text: string): void => {
    clearTimeout(toastTimer);
    // Above an open window, which would cover it.
    (document.querySelector('dialog[open]') ?? toastPlace).append(toast);
    toast.textContent = text;
    toastTimer = setTimeout(() => {
      toast.textContent = '';
    }, SAID_FOR_MS);
  };
  const copyText = (text: string): void => {
    void copyToClipboard(text).then((copied) => say(copied ? copy.copied : copy.copyFailed));
  };
  let isAsking = false;
  /** Without a position the choice is sent all the same: the bot then asks for the place by name. */
  const shareLocation = async (label: string): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    say(copy.location.asking);
    const location = await askPosition();
    isAsking = false;
    say(location ? '' : copy.location.unknown);
    deps.send({
      choice: LOCATION_CHOICE,
      ...(location ? { text: copy.location.mine, location } : { text: label }),
    });
    log.follow();
    composer.settle();
  };
  const context: ViewContext = {
    copy,
    send(text, choice) {
      if (choice === LOCATION_CHOICE) {
        void shareLocation(text);
        return;
      }
      deps.send({ text, ...(choice === undefined ? {} : { choice }) });
      log.follow();
      if (choice !== undefined) composer.settle();
    },
    retry: session.retry,
    edit(entry) {
      const { text, attachments = [], refused } = entry;
      const { sentPicture, sentFile } = copy.files;
      // Words that stand for files only are none of the person's.
      composer.giveBack(attachments.length > 0 && (text === sentPicture || text === sentFile) ? '' : text);
      if (refused?.code !== FILE_GONE) uploads.giveBack(attachments);
      session.remove(entry);
    },
    remove(entry) {
      session.remove(entry);
      composer.settle();
    },
    rate: session.rate,
    giveSatisfaction: async (command) => (await session.giveSatisfaction(command)) === null,
    loadEarlier: () => void session.loadEarlier(),
    openImage: (src, alt) => openImage(src, alt, copy),
    copyText,
    call: deps.call,
    say,
  };
  const welcome = createWelcome(context);
  const header = createHeader(copy, deps.openSettings, deps.close, deps.call);
  const banners = createBanners({
    copy,
    retry: session.retryNow,
    continueWithoutSigningIn: deps.continueWithoutSigningIn,
    async reopen() {
      const failure = await session.reopen();
      if (failure === null) return composer.settle();
      const { code, message } = failure;
      say(code && message ? copy.refusal(code, message) : copy.banner.reopenFailed);
    },
    send: context.send,
  });
  const log = createLog(context, welcome.box, deps.onSeen);
  const composer = createComposer({
    copy,
    uploads,
    say,
    send(text, attachments) {
      if (attachments.length === 0) return context.send(text);
      const isPicture = attachments.every(({ type }) => type.startsWith('image/'));
      const { sentPicture, sentFile } = copy.files;
      deps.send({ text: text || (isPicture ? sentPicture : sentFile), attachments });
      log.follow();
    },
    onChange(text) {
      session.saveDraft(text);
      if (text !== '') deps.onTyping();
    },
  });
  const toastPlace = element('div', { class: 'toasts' }, log.pill, toast);
  const app = element(
    'div',
    { class: 'app', id: 'app' },
    header.box,
    deps.callPlace,
    banners.box,
    element('main', {}, log.box, toastPlace),
    composer.box,
    announcer,
  );

  return {
    box: app,
    start() {
      composer.start();
      composer.setText(session.readDraft());
    },
    stop: composer.stop,
    render(state) {
      const status = state.conversation?.status;
      composer.allowFiles(status === 'queued' || status === 'active');
      if (state.owner !== owner) {
        owner = state.owner;
        uploads.clear();
        composer.setText(session.readDraft());
      }
      header.render(state);
      banners.render(state);
      log.render(state);
      for (const [clientId, { answer }] of state.provisional) {
        if (provisional.has(clientId)) continue;
        readOut(
          `${copy.provisional.title}\n${answer === null ? copy.provisional.unknown : wordsOfAnswer(answer)}`,
        );
      }
      provisional = state.provisional;
    },
    setFaq: welcome.setFaq,
    announce(messages) {
      for (const message of messages) {
        if (message.author === 'contact') continue;
        readOut(wordsOfMessage(message, copy));
      }
    },
    say,
    copyText,
    showsNewest: log.scroll.isFollowing,
    focus: composer.settle,
  };
}
