import type { OutboxDraft } from '../../sync/outbox.ts';

/** What is written: to the contact, to colleagues, to the one who has the conversation. */
export type Mode = OutboxDraft['kind'];
