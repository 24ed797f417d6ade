import { CloseButton, Drawer, Tabs } from '@mantine/core';
import type { ConversationRow } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import type { OpenConversation } from '../../sync/desk-state.ts';
import { AssistTab } from './assist-tab.tsx';
import { ContactTab } from './contact-tab.tsx';
import type { Standing } from './standing.ts';

const words = copy.conversations.side;

export type SideTab = 'contact' | 'assist';

interface SidePanelProps {
  readonly conversation: OpenConversation;
  readonly row: ConversationRow;
  readonly standing: Standing;
  /** There is room for it beside the conversation. */
  readonly isWide: boolean;
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly tab: SideTab;
  readonly setTab: (tab: SideTab) => void;
  readonly insert: (text: string) => void;
}

/** Beside the conversation: who it is about, and what one might answer. */
export function SidePanel(props: SidePanelProps) {
  const { isWide, isOpen, close } = props;
  if (isWide)
    return (
      isOpen && (
        <aside className="side-panel" aria-label={copy.conversations.panel}>
          <PanelTabs {...props} />
        </aside>
      )
    );
  return (
    <Drawer
      opened={isOpen}
      onClose={close}
      position="right"
      size={360}
      title={copy.conversations.panel}
      closeButtonProps={{ 'aria-label': words.close }}
      classNames={{ content: 'side-drawer', body: 'side-drawer-body' }}
    >
      <PanelTabs {...props} />
    </Drawer>
  );
}

function PanelTabs({ conversation, row, standing, isWide, close, tab, setTab, insert }: SidePanelProps) {
  return (
    <Tabs
      value={tab}
      onChange={(value) => setTab(value as SideTab)}
      className="side-tabs"
      keepMounted={false}
    >
      <div className="side-head">
        <Tabs.List>
          <Tabs.Tab value="contact">{words.tabs.contact}</Tabs.Tab>
          <Tabs.Tab value="assist">{words.tabs.assist}</Tabs.Tab>
        </Tabs.List>
        {isWide && <CloseButton aria-label={words.close} onClick={close} />}
      </div>
      <Tabs.Panel value="contact" className="side-scroll" tabIndex={0}>
        <ContactTab conversation={conversation} row={row} standing={standing} />
      </Tabs.Panel>
      <Tabs.Panel value="assist" className="side-scroll" tabIndex={0}>
        <AssistTab
          conversation={conversation}
          canInsert={standing.canReply}
          insert={(text) => {
            insert(text);
            if (!isWide) close();
          }}
        />
      </Tabs.Panel>
    </Tabs>
  );
}
