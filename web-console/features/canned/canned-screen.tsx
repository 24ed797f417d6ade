import { ActionIcon, Button, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import IconPencil from '@tabler/icons-react/icons/IconPencil';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CannedReply, CannedReplyList } from '../../../src/contracts/canned.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useShortcut } from '../../keyboard.tsx';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { contains } from '../../shell/contains.ts';
import { FilterBox, useFilter } from '../../shell/filter-box.tsx';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { Page } from '../../shell/page.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { CannedEditor, type Edited } from './canned-editor.tsx';

const words = copy.canned;
const KEY = ['canned'];

/** Replies that are ready to be sent. */
export function CannedScreen() {
  const mayEdit = useSession().may('canned.edit');
  const list = useQuery({ queryKey: KEY, queryFn: () => api.get<CannedReplyList>('canned') });
  const cache = useQueryClient();
  const filter = useFilter();
  const [edited, setEdited] = useState<Edited | null>(null);
  useShortcut({ keys: 'n', label: words.create, run: () => setEdited('new'), when: mayEdit });

  async function remove(reply: CannedReply): Promise<void> {
    const { removeTitle: title, removeText } = words;
    if (!(await confirmAct({ title, text: removeText(reply.shortcut), act: copy.actions.remove }))) return;
    await api.delete(`canned/${reply.id}`);
    sayDone(words.removed);
    await cache.invalidateQueries({ queryKey: KEY });
  }

  const create = mayEdit && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEdited('new')}>
      {words.create}
    </Button>
  );
  const replies = list.data?.replies ?? [];
  const shown = replies.filter(({ shortcut, title, text }) =>
    contains(`${shortcut} ${title} ${text}`, filter),
  );
  return (
    <Page title={words.title} lead={words.lead} actions={create} width={900}>
      <FilterBox label={words.search} />
      {list.isPending && <RowsSkeleton />}
      {list.isError && <LoadFailed error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && shown.length === 0 && (
        <Empty text={replies.length === 0 ? words.empty : words.noMatch} />
      )}
      <Stack gap="sm" component="ul" className="console-plain-list">
        {shown.map((reply) => (
          <CannedRow
            key={reply.id}
            reply={reply}
            acts={
              mayEdit
                ? { edit: () => setEdited(reply), remove: () => void remove(reply).catch(sayFailed) }
                : null
            }
          />
        ))}
      </Stack>
      <CannedEditor
        edited={edited}
        close={() => setEdited(null)}
        saved={() => void cache.invalidateQueries({ queryKey: KEY })}
      />
    </Page>
  );
}

function CannedRow(props: {
  readonly reply: CannedReply;
  readonly acts: { readonly edit: () => void; readonly remove: () => void } | null;
}) {
  const { reply, acts } = props;
  return (
    <Paper withBorder p="md" component="li">
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <Stack gap={6} flex={1} miw={0}>
          <Group gap="sm">
            <Code fz="sm">/{reply.shortcut}</Code>
            <Title order={2} size="h5">
              {reply.title}
            </Title>
          </Group>
          <Text size="sm" className="console-lines">
            {reply.text}
          </Text>
        </Stack>
        {acts !== null && (
          <Group gap={4} wrap="nowrap">
            <ActionIcon variant="subtle" size="lg" onClick={acts.edit} aria-label={words.editOf(reply.title)}>
              <IconPencil size={18} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="red"
              size="lg"
              onClick={acts.remove}
              aria-label={words.removeOf(reply.title)}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        )}
      </Group>
    </Paper>
  );
}
