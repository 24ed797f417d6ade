/** One conversation: what was said, what is said next, and who it is about. */
import { Button, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { Link, Navigate, useNavigate } from 'react-router';
import { copy } from '../../copy.ts';
import { useShortcut } from '../../keyboard.tsx';
import { useSession } from '../../session.tsx';
import type { OpenConversation } from '../../sync/desk-state.ts';
import { useOpenConversation } from '../../sync/use-desk.ts';
import { Composer, type ComposerHandle } from './composer.tsx';
import { ConversationDialogs } from './conversation-dialogs.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import type { DialogName } from './dialog-props.ts';
import { contactNameOf } from './names.ts';
import { NextInQueue } from './next-in-queue.tsx';
import { OpeningConversation } from './opening-conversation.tsx';
import { SidePanel, type SideTab } from './side-panel.tsx';
import { standingOf } from './standing.ts';
import { TranscriptView } from './transcript-view.tsx';
import { useActions } from './use-actions.ts';
import { ViewersBar } from './viewers-bar.tsx';

const words = copy.conversations;
/** From here on there is room for three columns. */
const WIDE = '(min-width: 75em)';

interface ConversationPaneProps {
  readonly id: string;
  /** The address of the list, for screens that show one of both. */
  readonly backTo: string;
}

export function ConversationPane({ id, backTo }: ConversationPaneProps) {
  const conversation = useOpenConversation(id);
  if (conversation?.phase === 'archived') return <Navigate to={`/archive/${id}`} replace />;
  if (conversation?.phase === 'missing')
    return (
      <Stack className="inbox-nothing" align="center" justify="center">
        <Text>{words.noConversation}</Text>
        <Button component={Link} to={backTo} variant="default">
          {words.backToList}
        </Button>
      </Stack>
    );
  if (conversation?.row == null) return <OpeningConversation />;
  return <Conversation conversation={conversation} row={conversation.row} backTo={backTo} />;
}

interface ConversationProps {
  readonly conversation: OpenConversation;
  readonly row: NonNullable<OpenConversation['row']>;
  readonly backTo: string;
}

function Conversation({ conversation, row, backTo }: ConversationProps) {
  const { account, may } = useSession();
  const navigate = useNavigate();
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  const [isPanelOpen, setPanelOpen] = useState(isWide);
  const [tab, setTab] = useState<SideTab>('contact');
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const composer = useRef<ComposerHandle>(null);
  const actions = useActions(row.id);
  const standing = standingOf(row, account.id, may);

  const claim = async (): Promise<void> => {
    if (await actions.claim()) composer.current?.focus('reply');
  };
  const showPanel = (next: SideTab): void => {
    setTab(next);
    setPanelOpen(true);
  };
  useShortcut({ keys: 'c', label: words.keys.claim, when: standing.canClaim, run: () => void claim() });
  useShortcut({
    keys: 't',
    label: words.keys.transfer,
    when: standing.canTransfer,
    run: () => setDialog('transfer'),
  });
  useShortcut({ keys: 'x', label: words.keys.close, when: standing.canClose, run: () => setDialog('close') });
  useShortcut({
    keys: 'n',
    label: words.keys.note,
    when: standing.canNote,
    run: () => composer.current?.focus('note'),
  });
  useShortcut({
    keys: 'r',
    label: words.keys.reply,
    when: standing.canReply,
    run: () => composer.current?.focus('reply'),
  });
  useShortcut({ keys: 'a', label: words.keys.assist, run: () => showPanel('assist') });
  useShortcut({
    keys: 'Escape',
    label: words.keys.escape,
    run: () => navigate(backTo),
  });

  return (
    <>
      <section className="conversation" aria-label={contactNameOf(row)}>
        <ConversationHeader
          row={row}
          isOnline={conversation.contactOnline}
          standing={standing}
          isBusy={actions.isBusy}
          backTo={backTo}
          claim={() => void claim()}
          open={setDialog}
          join={() => void actions.join()}
          isPanelOpen={isPanelOpen}
          togglePanel={() => setPanelOpen(!isPanelOpen)}
        />
        <TranscriptView
          conversation={conversation}
          standing={standing}
          editPending={(entry) => composer.current?.edit(entry)}
        />
        {row.status === 'closed' && may('conversations.handle') && <NextInQueue />}
        <ViewersBar conversation={conversation} row={row} />
        <Composer ref={composer} conversation={conversation} row={row} standing={standing} />
      </section>
      <SidePanel
        conversation={conversation}
        row={row}
        standing={standing}
        isWide={isWide}
        isOpen={isPanelOpen}
        close={() => setPanelOpen(false)}
        tab={tab}
        setTab={setTab}
        insert={(text) => composer.current?.insert(text)}
      />
      <ConversationDialogs row={row} dialog={dialog} close={() => setDialog(null)} actions={actions} />
    </>
  );
}
