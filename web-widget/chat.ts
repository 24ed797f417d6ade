/** The chat at /widget: builds it and puts its parts together. */
import type { FaqList } from '../src/contracts/answers.ts';
import type { MessageView } from '../src/contracts/chat.ts';
import type { BannerView } from '../src/contracts/incidents.ts';
import { createBrowserStorage } from '../web-sync/browser-storage.ts';
import { lastSeq } from '../web-sync/transcript.ts';
import { type Copy, NO_ENGLISH, VI } from './copy.vi.ts';
import { askDesk, fetchFaq, fetchTranscript, uploadFile } from './desk-api.ts';
import { createChime } from './device/chime.ts';
import { keepAboveKeyboard } from './device/keyboard-space.ts';
import { guessPlatform, type Preferences, readPreferences, writePreferences } from './device/preferences.ts';
import { saveTextFile } from './device/save-file.ts';
import { shrinkPicture } from './device/shrink-picture.ts';
import { element } from './element.ts';
import { fetchEnglish } from './english.ts';
import { connectHost, hasNativeHost } from './host/host.ts';
import { keepIdentity, takeIdentityFromAddress } from './host/identity-address.ts';
import { loadLater } from './load-later.ts';
import { createChatSession } from './sync/chat-session.ts';
import { answerProvisionally } from './sync/provisional.ts';
import { createUploads } from './sync/uploads.ts';
import { createUnread } from './unread.ts';
import { fileUrl } from './views/bubbles.ts';
import { CALLBACK_ENTRY, choiceOfEntry } from './views/context.ts';
import { openConfirmation, openText } from './views/dialogs.ts';
import { openSettings } from './views/settings.ts';
import { createShell, type Shell } from './views/shell.ts';

/** The page that holds the frame says at once who is signed in; longer is not waited for. */
const HOST_SPEAKS_WITHIN_MS = 400;
const TYPING_AGAIN_AFTER_MS = 3_000;

const parameters = new URLSearchParams(location.search);
const storage = createBrowserStorage(() => localStorage);
const unread = createUnread(storage);
/** Outlives the screen, which is built anew in another language. */
const callPlace = element('div', {});
const notices = element('div', { 'aria-live': 'polite' });
const topPlace = element('div', {}, notices, callPlace);
const chime = createChime();

/** What the host and the device say; what the person chose is over it. */
let given: Preferences = {
  locale: parameters.get('locale') === 'en' ? 'en' : 'vi',
  largeText: false,
  sound: false,
  platform: guessPlatform(navigator.userAgent),
};
let preferences = readPreferences(storage, given);
/** What the screen speaks. */
let copy: Copy = VI;
let identity: string | null = null;
/** There is a screen. */
let ready = false;
let started = false;
let shown = true;
let unreadBefore = -1;
let typedAt = 0;
let faq: FaqList | null = null;
let banners: readonly BannerView[] = [];
let shell: Shell;

const host = connectHost(parameters.get('host'), {
  identify,
  setPlatform: (platform) => takeGiven({ platform }),
  setLocale: (locale) => takeGiven({ locale }),
  show(now) {
    shown = now;
    if (!ready) return;
    start();
    if (shown && document.hasFocus()) shell.focus();
    // A host page that opens the chat by itself keeps the focus until the contact comes over.
    else if (shown) addEventListener('focus', () => shell.focus(), { once: true });
    look();
  },
});
const session = createChatSession({
  storage,
  onArrived,
  onIdentityRefused() {
    keepIdentity(null);
    host.emit({ name: 'identity-expired' });
  },
  onErased() {
    // How large the letters are is nobody's data, and must not change under the eyes of the reader.
    writePreferences(storage, { locale: preferences.locale, largeText: preferences.largeText });
    unreadBefore = -1;
    shell.say(copy.erase.done);
    host.emit({ name: 'erased' });
  },
  onBanners: (now) => void showBanners(now),
});

const uploads = createUploads({
  shrink: shrinkPicture,
  send: (content, name, onProgress, signal) =>
    uploadFile('conversation/attachments', content, name, session.bearer(), onProgress, signal),
  previews: {
    make: (file) => URL.createObjectURL(file),
    forget: (address) => URL.revokeObjectURL(address),
    at: ({ url }) => fileUrl(url),
  },
});

if (host.embedded) shown = false;
else identity = takeIdentityFromAddress(identify);
void speak().then(begin);

/** All that needs the screen. */
function begin(): void {
  ready = true;
  session.store.subscribe((state) => {
    shell.render(state);
    look();
    if (state.link === 'online' && faq === null) void loadFaq();
  });
  answerProvisionally(session.store, askDesk);
  keepAboveKeyboard();
  addEventListener('pointerdown', () => preferences.sound && chime.prepare());
  addEventListener('keydown', ({ key, isComposing }) => {
    if (key === 'Escape' && !isComposing && host.embedded && !document.querySelector('dialog[open]'))
      host.close();
  });
  document.addEventListener('visibilitychange', look);
  host.sayReady();
  void loadFaq();
  // The screen first, then the network.
  setTimeout(start, host.embedded ? HOST_SPEAKS_WITHIN_MS : 0);
}

function start(): void {
  if (started) return;
  started = true;
  session.start(identity);
}

function identify(next: string | null): void {
  identity = next;
  if (!host.embedded) keepIdentity(next);
  if (started) session.identify(next);
}

function takeGiven(said: Partial<Preferences>): void {
  given = { ...given, ...said };
  void apply(readPreferences(storage, given));
}

async function choose(chosen: Partial<Preferences>): Promise<void> {
  writePreferences(storage, chosen);
  const applied = apply({ ...preferences, ...chosen });
  if (preferences.sound) chime.prepare();
  if (chosen.sound) chime.play();
  if ((await applied) && chosen.locale) showSettings();
}

/** @returns whether all of it could be done */
async function apply(next: Preferences): Promise<boolean> {
  const before = preferences;
  preferences = next;
  document.documentElement.classList.toggle('large', next.largeText);
  if (next.locale !== before.locale) return speak();
  // What was measured by the size of the letters is measured anew.
  dispatchEvent(new Event('resize'));
  return true;
}

/** Shows the chosen language as soon as its words are here, or else Vietnamese. @returns whether it is the chosen one */
async function speak(): Promise<boolean> {
  const { locale } = preferences;
  const words = locale === 'vi' ? VI : await fetchEnglish();
  // Chosen otherwise meanwhile.
  if (preferences.locale !== locale) return false;
  // It stays chosen on the device: the next visit tries again.
  if (words === null) preferences = { ...preferences, locale: 'vi' };
  // A screen that is there already is Vietnamese, and somebody may be writing.
  if (words !== null || !ready) mount(words ?? VI);
  if (words === null) shell.say(NO_ENGLISH);
  return words !== null;
}

/** Builds the screen in place of the one that is there. */
function mount(words: Copy): void {
  copy = words;
  document.documentElement.lang = preferences.locale;
  document.documentElement.classList.toggle('large', preferences.largeText);
  document.title = copy.title;
  // The first time there is none.
  (shell as Shell | undefined)?.stop();
  shell = createShell({
    copy,
    session,
    uploads,
    send: (draft) =>
      session.send({
        ...draft,
        ...(preferences.platform === null ? {} : { platform: preferences.platform }),
      }),
    openSettings: showSettings,
    call: () => void callHotline(),
    callPlace: topPlace,
    close: host.embedded ? host.close : null,
    continueWithoutSigningIn: () => identify(null),
    onTyping: sayTyping,
    onSeen: look,
  });
  document.getElementById('app')?.replaceWith(shell.box);
  shell.start();
  if (faq !== null) shell.setFaq(faq);
  shell.render(session.store.get());
}

async function callHotline(): Promise<void> {
  try {
    const { startCall } = await loadLater<typeof import('./call/call.ts')>('call.js');
    await startCall({
      copy,
      locale: copy === VI ? 'vi' : 'en',
      line: session.calls,
      place: callPlace,
      say: shell.say,
      askForCallback: (text) => session.send({ text, choice: choiceOfEntry(CALLBACK_ENTRY) }),
    });
  } catch {
    // Without a network the file does not come either.
    shell.say(copy.voice.notLoaded);
  }
}

/** Nothing is loaded for it before there is something to tell. */
async function showBanners(now: typeof banners): Promise<void> {
  const before = banners;
  banners = now;
  if (now.length + before.length === 0) return;
  try {
    const { showNotices } = await loadLater<typeof import('./notice/notice.ts')>('notice.js');
    showNotices(notices, banners, storage);
  } catch {
    // At the next connection the desk says it again.
    if (now[0]) shell.say(now[0].text);
  }
}

async function loadFaq(): Promise<void> {
  faq ??= await fetchFaq();
  if (faq !== null) shell.setFaq(faq);
}

function onArrived(messages: readonly MessageView[]): void {
  shell.announce(messages);
  for (const { author, bubbles } of messages) {
    if (author !== 'system') host.emit({ name: 'message', author });
    for (const bubble of bubbles)
      if (bubble.kind === 'ticket') host.emit({ name: 'ticket', code: bubble.code });
  }
  if (preferences.sound && messages.some(({ author }) => author !== 'contact')) chime.play();
}

/** Counts what was not seen yet, and tells the desk and the host of it. */
function look(): void {
  const state = session.store.get();
  if (shown && !document.hidden && shell.showsNewest() && unread.see(state)) {
    if (lastSeq(state.transcript) > 0) session.markRead(lastSeq(state.transcript));
  }
  const count = unread.count(state);
  if (count === unreadBefore || state.conversation === null) return;
  unreadBefore = count;
  document.title = count > 0 ? `(${count}) ${copy.title}` : copy.title;
  host.sayUnread(count);
}

/** Somebody may be looking; the bot is not interested. */
function sayTyping(): void {
  const status = session.store.get().conversation?.status;
  if ((status !== 'active' && status !== 'queued') || Date.now() - typedAt < TYPING_AGAIN_AFTER_MS) return;
  typedAt = Date.now();
  session.setTyping(true);
}

function showSettings(): void {
  openSettings({
    copy,
    preferences,
    change: (chosen) => void choose(chosen),
    download: () => void download(),
    erase: () =>
      openConfirmation(copy, copy.erase, async () => {
        const failure = await session.erase();
        return failure === null ? null : (failure.message ?? copy.erase.failed);
      }),
  });
}

async function download(): Promise<void> {
  const text = await fetchTranscript(session.bearer());
  if (text === null) shell.say(copy.transcript.failed);
  else if (!hasNativeHost() && saveTextFile(copy.transcript.fileName, text)) shell.say(copy.transcript.done);
  else openText(copy, text, shell.copyText);
}
