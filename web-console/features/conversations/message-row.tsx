import { Text } from '@mantine/core';
import IconThumbDown from '@tabler/icons-react/icons/IconThumbDown';
import IconThumbUp from '@tabler/icons-react/icons/IconThumbUp';
import { memo } from 'react';
import type { ConversationEvent, StaffMessage } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { useDesk } from '../../sync/use-desk.ts';
import { AnswerMark } from './answer-mark.tsx';
import { BubbleView } from './bubble-view.tsx';
import { formatTime } from './clock.ts';
import type { DeliveryMark } from './delivery-marks.ts';
import { Reveal } from './reveal.tsx';
import { UnderstandingLine } from './understanding-line.tsx';

const words = copy.conversations;

interface MessageRowProps {
  readonly conversation: string;
  readonly message: StaffMessage;
  /** How the contact is called. */
  readonly contact: string;
  readonly isOwn: boolean;
  /** null: not to be shown here. */
  readonly mark: DeliveryMark | null;
  readonly canReveal: boolean;
  /** Nothing can be said of it any more. */
  readonly isArchived: boolean;
}

/** One message, with what staff may know of it. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { conversation, message, contact, isOwn, mark, canReveal, isArchived } = props;
  const desk = useDesk();
  const canMark = useSession().may('answers.mark') && !isArchived;
  if (message.author === 'system') return <SystemLine message={message} />;
  const name = message.author === 'contact' ? contact : isOwn ? words.you : authorName(message);
  return (
    <article className="message" data-author={message.author} data-own={isOwn} aria-label={name}>
      <p className="message-head">
        <span className="message-name">{name}</span>{' '}
        <time dateTime={message.at}>{formatTime(message.at)}</time>
      </p>
      {message.text !== '' && <div className="bubble bubble-text">{message.text}</div>}
      {message.bubbles.map((bubble, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bubbles of a message keep their places
        <div key={place} className="bubble" data-kind={bubble.kind}>
          <BubbleView bubble={bubble} />
        </div>
      ))}
      {message.choices.length > 0 && (
        <p className="message-choices">{message.choices.map(({ label }) => label).join(' · ')}</p>
      )}
      {canReveal && message.sealed.length > 0 && (
        <Reveal
          kinds={message.sealed}
          ask={() => desk.ask('value:reveal', { id: conversation, seq: message.seq })}
        />
      )}
      {message.understanding !== null && <UnderstandingLine {...message.understanding} />}
      {canMark && message.bubbles.some(({ kind }) => kind === 'answer') && (
        <AnswerMark conversation={conversation} seq={message.seq} mark={message.mark} />
      )}
      {message.helpful !== null && <Rating isHelpful={message.helpful} />}
      {mark !== null && <p className="message-mark">{words.marks[mark]}</p>}
    </article>
  );
});

function authorName({ author, agent, by }: StaffMessage): string {
  return author === 'bot' ? words.authors.bot : (agent?.name ?? by ?? words.authors.agent);
}

function Rating({ isHelpful }: { readonly isHelpful: boolean }) {
  const Icon = isHelpful ? IconThumbUp : IconThumbDown;
  return (
    <p className="message-mark">
      <Icon size={14} aria-hidden /> {isHelpful ? words.ratedUp : words.ratedDown}
    </p>
  );
}

function SystemLine({ message: { event, text, bubbles, at } }: { readonly message: StaffMessage }) {
  return (
    <div className="system-line">
      <Text size="xs" c="dimmed" component="div">
        {event === null ? text || words.theDesk : describeEvent(event)} ·{' '}
        <time dateTime={at}>{formatTime(at)}</time>
      </Text>
      {event === null && bubbles.map((bubble) => <BubbleView key={bubble.kind} bubble={bubble} />)}
      {event !== null && event.note !== '' && <div className="note-text">{event.note}</div>}
    </div>
  );
}

function describeEvent({ kind, by, to, skill }: ConversationEvent): string {
  const goal =
    to?.name ?? (skill === null ? words.views.queue.toLocaleLowerCase('vi') : words.forSkill(skill));
  return words.event[kind](by?.name ?? words.theDesk, goal);
}
