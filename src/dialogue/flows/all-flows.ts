/** The flows themselves. */

import type { ComplaintType, TicketDraft } from '../../contracts/tickets.ts';
import { agentChoice, flowChoice, locationChoice, setChoice, switchChoice } from '../choice-ids.ts';
import { copy } from '../copy.ts';
import { type FlowId, flowId, type SlotName } from '../state.ts';
import type { Flow, Slot, SlotValues } from './flow.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** How people call a slot. */
const NAMES: Readonly<Record<SlotName, RegExp>> = {
  matter: /\b(?:loai phieu)\b/,
  content: /\b(?:noi dung|loi gop y|viec can giup|loi nhan|y kien|cau chuyen|mo ta)\b/,
  office: /\b(?:co quan|don vi|ten co quan|noi|cho)\b/,
  phone: /\b(?:so dien thoai|dien thoai|so may|so lien he|so phone|so)\b/,
  email: /\b(?:email|em mail|mail|gmail|thu dien tu|hop thu|dia chi (?:thu|nhan tra loi))\b/,
  callAt: /\b(?:gio|thoi gian|khung gio|luc goi|ngay gio|ngay goi|ngay)\b/,
  score: /\b(?:diem|sao|muc hai long|danh gia|muc do)\b/,
  code: /\b(?:ma phieu|ma so phieu|ma|code)\b/,
  contact: /\b(?:so dien thoai|dien thoai|so may|so lien he|so phone|so|email|em mail|mail|gmail)\b/,
  information: /\b(?:thong tin bo sung|phan bo sung)\b/,
  addition: /\b(?:thong tin bo sung|phan bo sung)\b/,
  place: /\b(?:noi can tim|noi|cho|quan|huyen|tinh|dia diem)\b/,
};

interface Wording {
  readonly label: string;
  readonly prompt: string;
  readonly again: string;
  readonly repair: string;
  readonly lacking?: string;
  readonly without?: string;
}

const slot = (
  name: SlotName,
  wording: Wording,
  more: {
    readonly optional?: boolean;
    readonly isSilent?: boolean;
    readonly choices?: Slot['choices'];
    readonly instead?: Slot['choices'];
  } = {},
): Slot => ({
  name,
  label: wording.label,
  prompt: wording.prompt,
  again: wording.again,
  repair: wording.repair,
  without: wording.without === undefined ? null : { sentence: wording.without, choices: more.instead ?? [] },
  lacking: wording.lacking ?? `${copy.flow.required} ${wording.again}`,
  optional: more.optional ?? false,
  isSilent: more.isSilent ?? false,
  choices: more.choices ?? [],
  names: NAMES[name],
});

const draft = (kind: TicketDraft['kind'], values: SlotValues, content: string): TicketDraft => ({
  kind,
  complaintType: kind === 'complaint' ? typeOf(values.matter) : null,
  content,
  office: values.office ?? null,
  phone: values.phone ?? null,
  email: values.email ?? null,
  name: null,
  callAt: values.callAt ?? null,
  score: values.score === undefined ? null : Number(values.score),
});

const typeOf = (matter: string | undefined): ComplaintType =>
  copy.matters.find(([, named]) => named === matter)?.[2] ?? 'report';

const COMMON_WORDS = `toi minh em tui con chau bac chu co anh chi ban ad bot minh muon can xin nho giup dum gium voi cho hay la thi ma va
  duoc khong a da oi nhe nha o ve de mot cai viec vu chuyen van lam on vui long hoi ban day nay roi di hom co nhu the nao dau sao thi`;

const {
  'support.complaint': complaint,
  'support.feedback': feedback,
  'support.callback': callback,
} = copy.flows;
const { 'support.ticket-status': status, 'lookup.office': office } = copy.flows;

export const FLOWS: Readonly<Record<FlowId, Flow>> = {
  'support.complaint': {
    id: 'support.complaint',
    name: complaint.name,
    opening: complaint.opening,
    summary: complaint.summary,
    confirms: true,
    requestWords:
      words(`${COMMON_WORDS} gui phan anh anh kien nghi khieu nai to cao to giac report complaint don lap phieu thu nop viet
      bao kien muc khiu thac mac`),
    slots: [
      slot('matter', complaint.matter, { optional: true, isSilent: true }),
      slot('content', complaint.content),
      slot('office', complaint.office, { optional: true }),
      slot('phone', complaint.phone, { optional: true }),
      slot('email', complaint.email, { optional: true }),
    ],
    toEffect: (values) => ({ kind: 'createTicket', draft: draft('complaint', values, values.content ?? '') }),
  },
  'support.feedback': {
    id: 'support.feedback',
    name: feedback.name,
    opening: feedback.opening,
    summary: feedback.summary,
    confirms: true,
    requestWords: words(`${COMMON_WORDS} gop y danh gia nhan xet gui loi y kien dong`),
    slots: [
      slot('content', feedback.content),
      slot('score', feedback.score, {
        optional: true,
        choices: copy.scores.map(([value, label]) => setChoice('score', value, label)),
      }),
    ],
    toEffect: (values) => ({ kind: 'createTicket', draft: draft('feedback', values, values.content ?? '') }),
  },
  'support.callback': {
    id: 'support.callback',
    name: callback.name,
    opening: callback.opening,
    summary: callback.summary,
    confirms: true,
    requestWords: null,
    slots: [
      slot('phone', callback.phone, {
        instead: [switchChoice('support.complaint', copy.choices.complaint), flowChoice('cancel')],
      }),
      slot('callAt', callback.callAt, {
        choices: copy.callTimes.map((label, at) => setChoice('callAt', String(at), label)),
      }),
      slot('content', callback.content, { optional: true }),
    ],
    toEffect: (values) => ({
      kind: 'createTicket',
      draft: draft('callback', values, values.content ?? callback.noContent),
    }),
  },
  'support.ticket-status': {
    id: 'support.ticket-status',
    name: status.name,
    opening: status.opening,
    summary: status.summary,
    confirms: false,
    requestWords: null,
    slots: [
      slot('code', status.code, { choices: [agentChoice()] }),
      slot('contact', status.contact, { instead: [agentChoice(), flowChoice('cancel')] }),
      slot('information', status.information, { optional: true, isSilent: true }),
      slot('addition', status.information, { optional: true, isSilent: true }),
    ],
    toEffect: ({ code = '', contact = '', information }) =>
      information === undefined
        ? { kind: 'findTicket', code, contact }
        : { kind: 'addInformation', code, contact, text: information },
  },
  'lookup.office': {
    id: 'lookup.office',
    name: office.name,
    opening: office.opening,
    summary: office.summary,
    confirms: false,
    requestWords: null,
    slots: [slot('place', office.place, { choices: [locationChoice] })],
    toEffect: ({ place = '' }) => ({ kind: 'findOffices', query: place, near: null }),
  },
};

export function findFlow(intent: string): Flow | null {
  const id = flowId.safeParse(intent);
  return id.success ? FLOWS[id.data] : null;
}
