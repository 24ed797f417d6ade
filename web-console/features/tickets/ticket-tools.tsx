/** Above the list and the board: what to look for, what to leave out, how to look at it. */
import { Group, NativeSelect } from '@mantine/core';
import { useSession } from '../../session.tsx';
import { copy } from './copy.ts';
import { ExportMenu } from './export-menu.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { SearchBox } from './search-box.tsx';
import { SORTS, type TicketSort } from './ticket-address.ts';
import { FilterPieces, TicketFilters } from './ticket-filters.tsx';
import type { TicketAddressing } from './use-ticket-address.ts';

interface TicketToolsProps {
  readonly addressing: TicketAddressing;
  readonly isBoard?: boolean;
}

export function TicketTools({ addressing, isBoard = false }: TicketToolsProps) {
  const { may } = useSession();
  const { address, go } = addressing;
  return (
    <>
      <Group gap="xs" role="search">
        <SearchBox addressing={addressing} />
        {!isBoard && (
          <NativeSelect
            aria-label={copy.sort}
            value={address.sort}
            onChange={(event) => go({ ...address, sort: event.currentTarget.value as TicketSort })}
            data={SORTS.map((value) => ({ value, label: copy.sorts[value] }))}
          />
        )}
        <TicketFilters addressing={addressing} withoutStatus={isBoard} />
        {!isBoard && <SavedFilters addressing={addressing} />}
        {!isBoard && may('tickets.export') && <ExportMenu address={address} />}
      </Group>
      <FilterPieces addressing={addressing} />
    </>
  );
}
