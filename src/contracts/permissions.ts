/** Who of the staff may do what: the one table. Endpoints and commands name a permission; roles hold them. */
import { z } from 'zod';

export const role = z.enum(['agent', 'supervisor', 'editor', 'admin']);
export type Role = z.infer<typeof role>;

/** Permission → the roles that hold it. */
export const PERMISSIONS = {
  /** Inbox, transcripts, search, who is on duty. */
  'conversations.read': ['agent', 'supervisor', 'admin'],
  /** Claim, write, hand on, close; only in conversations of one's own. */
  'conversations.handle': ['agent', 'supervisor', 'admin'],
  /** Join, whisper in, take over or hand on the conversations of others. */
  'conversations.oversee': ['supervisor', 'admin'],
  /** Look for conversations in the archive; whoever reads conversations may open one that is named. */
  'archive.search': ['supervisor', 'admin'],
  'archive.restore': ['supervisor', 'admin'],
  /** Show a masked number: agents in conversations of their own, each time logged. */
  'values.reveal': ['agent', 'supervisor', 'admin'],
  /** Lists, details, history; numbers and addresses are masked. */
  'tickets.read': ['agent', 'supervisor', 'admin'],
  'tickets.handle': ['agent', 'supervisor', 'admin'],
  'tickets.export': ['supervisor', 'admin'],
  /** Take personal data off, as a citizen may ask. */
  'tickets.erase': ['admin'],
  /** The hotline: take and note calls, read the call log. */
  'calls.handle': ['agent', 'supervisor', 'admin'],
  'board.read': ['supervisor', 'admin'],
  'canned.read': ['agent', 'supervisor', 'editor', 'admin'],
  'canned.edit': ['supervisor', 'editor', 'admin'],
  /** Propose a wording to the editors. */
  'phrases.propose': ['agent', 'supervisor', 'editor', 'admin'],
  'phrases.review': ['editor', 'admin'],
  /** Drafts of the corpus: see them, change them, make one live. */
  'corpus.read': ['supervisor', 'editor', 'admin'],
  'corpus.edit': ['editor', 'admin'],
  'corpus.publish': ['editor', 'admin'],
  /** Questions that the bot did not serve well, in excerpts without secrets. */
  'unanswered.read': ['supervisor', 'editor', 'admin'],
  'unanswered.handle': ['editor', 'admin'],
  /** Say of an answer of the bot that it was right or wrong. */
  'answers.mark': ['agent', 'supervisor', 'editor', 'admin'],
  'settings.read': ['agent', 'supervisor', 'editor', 'admin'],
  'settings.edit': ['supervisor', 'admin'],
  /** How sending and receiving of mail stand. */
  'mail.manage': ['admin'],
  'accounts.read': ['supervisor', 'admin'],
  'accounts.manage': ['admin'],
  'offices.read': ['agent', 'supervisor', 'editor', 'admin'],
  'offices.edit': ['editor', 'admin'],
  'audit.read': ['admin'],
  /** How the desk is doing: what is asked, answered, handed over. */
  'analytics.read': ['supervisor', 'editor', 'admin'],
  /** Also of agents and offices, and the conversations behind a number. */
  'analytics.staff': ['supervisor', 'admin'],
  'analytics.export': ['supervisor', 'admin'],
  'incidents.read': ['agent', 'supervisor', 'editor', 'admin'],
  /** Tell everybody something: banners, pinned answers, and that it is over. */
  'incidents.manage': ['supervisor', 'admin'],
} as const satisfies Record<string, readonly Role[]>;

/** Who of the staff is calling, over REST or a socket. */
export interface StaffMember {
  /** Of the account. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly session: string;
  /** Where the call comes from, for the audit log. */
  readonly address: string;
  /** Until then nothing but the own password may be changed. */
  readonly mustChangePassword: boolean;
}

export type Permission = keyof typeof PERMISSIONS;

export function mayRole(held: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(held);
}

export function permissionsOf(held: Role): Permission[] {
  return (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => mayRole(held, permission));
}
