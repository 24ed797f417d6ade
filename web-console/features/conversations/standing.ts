/** What one person may do in one conversation just now. Pure; the desk decides anew at every command. */
import type { ConversationRow } from '../../../src/contracts/console.ts';
import type { Permission } from '../../../src/contracts/permissions.ts';

export interface Standing {
  readonly isMine: boolean;
  readonly hasJoined: boolean;
  readonly canReply: boolean;
  readonly canNote: boolean;
  readonly canWhisper: boolean;
  readonly canClaim: boolean;
  readonly canTakeOver: boolean;
  readonly canJoin: boolean;
  readonly canTransfer: boolean;
  readonly canClose: boolean;
  readonly canReveal: boolean;
}

export function standingOf(
  { status, agent, joined }: Pick<ConversationRow, 'status' | 'agent' | 'joined'>,
  account: string,
  may: (permission: Permission) => boolean,
): Standing {
  const handles = may('conversations.handle');
  const oversees = may('conversations.oversee');
  const isMine = agent?.id === account;
  const hasJoined = joined.some(({ id }) => id === account);
  const isActive = status === 'active';
  const isOfAnother = isActive && agent !== null && !isMine;
  const handsOn =
    (isActive && ((handles && (isMine || hasJoined)) || oversees)) || (status === 'queued' && oversees);
  return {
    isMine,
    hasJoined,
    canReply: handles && isActive && (isMine || hasJoined),
    canNote: handles,
    canWhisper: oversees && isOfAnother,
    canClaim: handles && (status === 'queued' || status === 'bot'),
    canTakeOver: oversees && isOfAnother,
    canJoin: oversees && isOfAnother && !hasJoined,
    canTransfer: handsOn,
    canClose: handsOn,
    canReveal: may('values.reveal') && (isMine || oversees),
  };
}

export function mayWrite(
  { canReply, canNote, canWhisper }: Standing,
  kind: 'reply' | 'note' | 'whisper',
): boolean {
  return { reply: canReply, note: canNote, whisper: canWhisper }[kind];
}
