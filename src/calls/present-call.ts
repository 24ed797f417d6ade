/** Call → contract, field by field. */
import type { CallRow, CallView } from '../contracts/calls.ts';
import { type Call, durationOf, qualityOf } from './call.ts';

export function presentCallToContact(call: Call): CallView {
  return {
    id: call.id,
    status: call.status,
    agent: call.agent?.name ?? null,
    acceptedAt: call.acceptedAt?.toISOString() ?? null,
    durationMs: durationOf(call),
  };
}

const LABEL_LENGTH = 4;

export function presentCall(call: Call): CallRow {
  return {
    id: call.id,
    kind: call.kind,
    direction: call.direction,
    status: call.status,
    conversation: call.conversation,
    contactName: call.contactName,
    contactLabel: call.contact === null ? null : `Khách ${call.contact.slice(-LABEL_LENGTH).toUpperCase()}`,
    number: call.number?.masked ?? null,
    agent: call.agent,
    ringingAt: call.ringingAt.toISOString(),
    acceptedAt: call.acceptedAt?.toISOString() ?? null,
    endedAt: call.endedAt?.toISOString() ?? null,
    endedBy: call.endedBy,
    durationMs: durationOf(call),
    outcome: call.outcome,
    note: call.note,
    ticket: call.ticket,
    quality: qualityOf(call),
    calledBackAt: call.calledBackAt?.toISOString() ?? null,
  };
}
