/** What the page asks of the desk. */
import type { SatisfactionCommand } from '../../src/contracts/chat.ts';
import type { CitizenTicket, TicketForm, TicketFound } from '../../src/contracts/citizen-tickets.ts';
import { deskUrl } from '../desk-api.ts';

/** Why it did not work. */
export interface Failure {
  readonly code: string;
  /** The desk's own sentence; null: the desk was not reached, or did not say. */
  readonly message: string | null;
}
export type Answer<Body> = { readonly body: Body } | { readonly failure: Failure };

/** With the same key a form, or an addition, is taken once. */
export interface Information {
  readonly key: string;
  readonly text: string;
  readonly attachments: readonly string[];
}

export interface CitizenApi {
  readonly find: (code: string, contact: string) => Promise<Answer<TicketFound>>;
  readonly send: (form: TicketForm) => Promise<Answer<TicketFound>>;
  readonly read: (token: string) => Promise<Answer<CitizenTicket>>;
  readonly add: (token: string, information: Information) => Promise<Answer<CitizenTicket>>;
  readonly rate: (token: string, rating: SatisfactionCommand) => Promise<Answer<CitizenTicket>>;
  readonly reopen: (token: string, reason: string) => Promise<Answer<CitizenTicket>>;
  /** Everything that is kept of the ticket, as a file. */
  readonly download: (token: string) => Promise<Answer<Blob>>;
  readonly erase: (token: string) => Promise<Answer<null>>;
}

const GIVE_UP_AFTER_MS = 20_000;
const UNREACHABLE: Failure = { code: 'unreachable', message: null };

const asJson = (response: Response): Promise<never> => response.json() as Promise<never>;

export function createCitizenApi(): CitizenApi {
  const post = <Body>(path: string, body: object, token?: string): Promise<Answer<Body>> =>
    ask(path, { method: 'POST', body: JSON.stringify(body) }, asJson, token);
  return {
    find: (code, contact) => post('tickets/lookup', { code, contact }),
    send: (form) => post('tickets', form),
    read: (token) => ask('tickets/mine', {}, asJson, token),
    add: (token, information) => post('tickets/mine/information', information, token),
    rate: (token, rating) => post('tickets/mine/satisfaction', rating, token),
    reopen: (token, reason) => post('tickets/mine/reopen', { reason }, token),
    download: (token) => ask('tickets/mine/export', {}, (response) => response.blob(), token),
    erase: (token) => ask('tickets/mine', { method: 'DELETE' }, async () => null, token),
  };
}

async function ask<Body>(
  path: string,
  init: RequestInit,
  read: (response: Response) => Promise<Body>,
  token?: string,
): Promise<Answer<Body>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), GIVE_UP_AFTER_MS);
  const headers = {
    ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  try {
    const response = await fetch(deskUrl(`api/v1/${path}`).href, {
      ...init,
      headers,
      cache: 'no-store',
      signal: abort.signal,
    });
    if (response.ok) return { body: await read(response) };
    const { error } = (await response.json()) as { readonly error?: Failure };
    return { failure: error ?? UNREACHABLE };
  } catch {
    // No answer, or one from whatever stands before the desk.
    return { failure: UNREACHABLE };
  } finally {
    clearTimeout(timer);
  }
}
