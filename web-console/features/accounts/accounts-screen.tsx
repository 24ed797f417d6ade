import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconUserPlus from '@tabler/icons-react/icons/IconUserPlus';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountList, AccountView, OneTimeLink } from '../../../src/contracts/staff.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useShortcut } from '../../keyboard.tsx';
import { useSession } from '../../session.tsx';
import { contains } from '../../shell/contains.ts';
import { FilterBox, useFilter } from '../../shell/filter-box.tsx';
import { Page } from '../../shell/page.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { AccountDrawer } from './account-drawer.tsx';
import { AccountTable } from './account-table.tsx';
import { ACCOUNTS_KEY } from './accounts-key.ts';
import { InviteModal } from './invite-modal.tsx';
import { LinkModal } from './link-modal.tsx';

const words = copy.accounts;

/** Everybody of the staff; admins invite, change and lock out. */
export function AccountsScreen() {
  const { may } = useSession();
  const mayManage = may('accounts.manage');
  const list = useQuery({ queryKey: ACCOUNTS_KEY, queryFn: () => api.get<AccountList>('accounts') });
  const filter = useFilter();
  const [isInviting, invite] = useDisclosure();
  const [edited, setEdited] = useState<string | null>(null);
  const [link, setLink] = useState<OneTimeLink | null>(null);
  useShortcut({ keys: 'n', label: words.invite, run: invite.open, when: mayManage });

  const accounts = list.data?.accounts ?? [];
  const shown = accounts.filter((account) => contains(textOf(account), filter));

  return (
    <Page
      title={words.title}
      actions={
        mayManage && (
          <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={invite.open}>
            {words.invite}
          </Button>
        )
      }
    >
      <FilterBox label={words.filter} />
      {list.isPending && <RowsSkeleton />}
      {list.isError && <LoadFailed error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && shown.length === 0 && (
        <Empty text={accounts.length === 0 ? words.empty : words.noMatch} />
      )}
      {shown.length > 0 && <AccountTable accounts={shown} edit={mayManage ? setEdited : null} />}
      <InviteModal isOpen={isInviting} close={invite.close} showLink={setLink} />
      <AccountDrawer
        account={accounts.find(({ id }) => id === edited) ?? null}
        close={() => setEdited(null)}
        showLink={setLink}
      />
      <LinkModal link={link} close={() => setLink(null)} />
    </Page>
  );
}

function textOf({ name, email, role, skills }: AccountView): string {
  return [name, email, copy.roles[role], ...skills].join(' ');
}
