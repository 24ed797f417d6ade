/** The lists of tickets. */
import { Page } from '../../shell/page.tsx';
import { copy } from './copy.ts';
import { TicketActs } from './ticket-acts.tsx';
import { TicketList } from './ticket-list.tsx';
import { TicketTools } from './ticket-tools.tsx';
import { useTicketAddress } from './use-ticket-address.ts';
import { ViewTabs } from './view-tabs.tsx';

const WIDTH = 1440;

export function TicketsScreen() {
  const addressing = useTicketAddress();
  return (
    <Page title={copy.title} actions={<TicketActs shown="list" address={addressing.address} />} width={WIDTH}>
      <ViewTabs addressing={addressing} />
      <TicketTools addressing={addressing} />
      <TicketList addressing={addressing} />
    </Page>
  );
}
