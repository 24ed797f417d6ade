/** The citizen's page of tickets at /ticket: looks one up, shows it, takes a new one. */
import type { CitizenTicket, TicketFound } from '../../src/contracts/citizen-tickets.ts';
import { createBrowserStorage } from '../../web-sync/browser-storage.ts';
import { randomName } from '../../web-sync/random-name.ts';
import { deskUrl, uploadFile } from '../desk-api.ts';
import { shrinkPicture } from '../device/shrink-picture.ts';
import { followNotices } from '../notice/page-notices.ts';
import { createUploads } from '../sync/uploads.ts';
import { createCitizenApi } from './citizen-api.ts';
import { copy } from './copy.ts';
import { createDrafts } from './drafts.ts';
import { createEraseScreen } from './erase-screen.ts';
import { createFormScreen } from './form-screen.ts';
import { createLookupScreen } from './lookup-screen.ts';
import { type Context, isLockedOut, type Open, type Screen } from './screen.ts';
import { createTicketScreen } from './ticket-screen.ts';

type Place = 'lookup' | 'form' | 'ticket' | 'erase';
const FORM_HASH = '#gui-phan-anh';
const KEY_BYTES = 12;

const api = createCitizenApi();
const drafts = createDrafts(createBrowserStorage(() => sessionStorage));
let open: Open | null = null;
/** What the next screen begins with. */
let startCode = new URLSearchParams(location.search).get('code') ?? '';
let note = '';
/** Of the screen that is there. */
let stop = (): void => undefined;

const uploads = createUploads({
  shrink: shrinkPicture,
  send: (content, name, onProgress, signal) =>
    uploadFile('tickets/mine/attachments', content, name, open?.token ?? '', onProgress, signal),
  previews: {
    make: (file) => URL.createObjectURL(file),
    forget: (address) => URL.revokeObjectURL(address),
    at: ({ url }) => deskUrl(`api/v1/${url}`).href,
  },
});

const context: Context = {
  api,
  drafts,
  uploads,
  newKey: () => randomName(KEY_BYTES),
  go: {
    lookup(code = '', said = '') {
      leave();
      [startCode, note] = [code, said];
      move('lookup');
    },
    form: () => move('form'),
    open({ ticket, token }, isNew) {
      enter({ ticket, token }, isNew);
      move('ticket');
    },
    show(ticket, said) {
      if (open !== null) open = { ...open, ticket, isNew: false };
      note = said;
      move('ticket', true);
    },
    erase: () => move('erase'),
  },
};

function enter({ ticket, token }: TicketFound, isNew: boolean): void {
  if (open?.code !== ticket.code) uploads.clear();
  open = { ticket, token, code: ticket.code, isNew };
  drafts.visit.set({ code: ticket.code, token });
}

/** The next person at this device is not shown it. */
function leave(): void {
  // What is being written stays as it is.
  stop();
  open = null;
  drafts.visit.clear();
  uploads.clear();
}

function move(place: Place, replaces = false): void {
  const address = place === 'form' ? FORM_HASH : location.pathname;
  if (replaces) history.replaceState({ place }, '', address);
  else history.pushState({ place }, '', address);
  show(place, true);
}

function createScreen(place: Place): Screen {
  if (place === 'form') return createFormScreen(context);
  if (open !== null && place === 'ticket') return createTicketScreen(context, open, note);
  if (open !== null && place === 'erase') return createEraseScreen(context, open);
  return createLookupScreen(context, startCode, note);
}

/** @param isMove somebody went there: reading begins at its top */
function show(place: Place, isMove: boolean): void {
  stop();
  const { box, heading, stop: next = () => undefined } = createScreen(place);
  stop = next;
  [startCode, note] = ['', ''];
  const main = document.getElementById('app');
  if (main === null) return;
  main.textContent = '';
  main.append(box);
  if (!isMove) return;
  scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}

function placeOf(state: unknown): Place {
  const place = (state as { readonly place?: Place } | null)?.place;
  return place ?? (location.hash === FORM_HASH ? 'form' : 'lookup');
}

addEventListener('popstate', ({ state }) => show(placeOf(state), true));

/** After a reload the ticket is still open, unless another one is asked for. */
async function start(): Promise<void> {
  const visit = drafts.visit.get();
  if (visit === null || (startCode !== '' && startCode !== visit.code) || location.hash === FORM_HASH)
    return show(placeOf(null), false);
  const answer = await api.read(visit.token);
  if ('body' in answer) {
    enter({ ticket: answer.body as CitizenTicket, token: visit.token }, false);
    return show('ticket', false);
  }
  if (isLockedOut(answer.failure)) leave();
  [startCode, note] = [visit.code, answer.failure.message ?? copy.notRead];
  show('lookup', false);
}

void start();
followNotices(document.body);
