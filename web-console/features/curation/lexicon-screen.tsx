import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Pagination,
  Stack,
  Table,
  Tabs,
  Text,
  TextInput,
  VisuallyHidden,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconArrowBackUp from '@tabler/icons-react/icons/IconArrowBackUp';
import IconPencil from '@tabler/icons-react/icons/IconPencil';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { LexiconKind, LexiconPage, LexiconRow } from '../../../src/contracts/curation.ts';
import { api } from '../../api.ts';
import { useShortcut } from '../../keyboard.tsx';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { words } from './copy.ts';
import { CurationPage } from './curation-page.tsx';
import { useCurationReload, useLexicon } from './curation-queries.ts';
import { revertUnit } from './draft-acts.ts';
import { DraftChip } from './entry-health.tsx';
import { LexiconEditor } from './lexicon-editor.tsx';
import { useWorkingDraft } from './working-draft.ts';

const { lexicon: says } = words;
const KINDS = Object.keys(says.kinds) as LexiconKind[];
const TYPING_MS = 200;
const ON_A_PAGE = 50;

/** The words that the bot reads otherwise than they are typed. */
export function LexiconScreen() {
  const { draft, mayEdit, getDraft } = useWorkingDraft();
  const [query, setQuery] = useSearchParams();
  const kind = KINDS.find((one) => one === query.get('kind')) ?? 'abbreviation';
  const q = query.get('q') ?? '';
  const page = Number(query.get('page') ?? 1);
  const [wanted] = useDebouncedValue(q, TYPING_MS, { leading: true });
  const list = useLexicon({ kind, q: wanted, page: page === 1 ? undefined : page }, draft);
  const [edited, setEdited] = useState<{ readonly row: LexiconRow | null; readonly draft: string } | null>(
    null,
  );
  const reload = useCurationReload();
  const box = useRef<HTMLInputElement>(null);
  useShortcut({ keys: ['/', 's'], label: says.search, run: () => box.current?.focus() });
  useShortcut({
    keys: 'n',
    label: says.create,
    run: () => void edit(null).catch(sayFailed),
    when: mayEdit,
  });

  const go = (next: { kind?: LexiconKind; q?: string; page?: number }): void => {
    const to = { kind, q, page: 1, ...next };
    setQuery(
      {
        ...(to.kind === 'abbreviation' ? {} : { kind: to.kind }),
        ...(to.q === '' ? {} : { q: to.q }),
        ...(to.page === 1 ? {} : { page: String(to.page) }),
      },
      { replace: true },
    );
  };
  async function edit(row: LexiconRow | null): Promise<void> {
    const into = await getDraft();
    if (into !== null) setEdited({ row, draft: into });
  }
  async function remove({ unit, revision, word }: LexiconRow): Promise<void> {
    const into = await getDraft();
    if (into === null) return;
    await api.put('curation/lexicon', { draft: into, unit, revision, kind, word, forms: null });
    sayDone(says.removed);
    await reload();
  }
  async function revert({ unit, revision }: LexiconRow): Promise<void> {
    if (!draft) return;
    await revertUnit(draft.id, unit, revision);
    sayDone(says.reverted);
    await reload();
  }

  return (
    <CurationPage
      title={says.title}
      lead={says.lead}
      actions={
        mayEdit && (
          <Button
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => void edit(null).catch(sayFailed)}
          >
            {says.create}
          </Button>
        )
      }
    >
      <Tabs value={kind} onChange={(next) => go({ kind: (next ?? 'abbreviation') as LexiconKind, q: '' })}>
        <Tabs.List>
          {KINDS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {says.kinds[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={kind} pt="md">
          <Stack gap="md">
            <Text size="sm" c="dimmed">
              {says.hints[kind]}
            </Text>
            <TextInput
              ref={box}
              type="search"
              aria-label={says.search}
              placeholder={says.search}
              leftSection={<IconSearch size={16} aria-hidden />}
              value={q}
              onChange={(event) => go({ q: event.currentTarget.value })}
              maxLength={100}
              maw={360}
            />
            {list.isPending && <RowsSkeleton />}
            {list.isError && <LoadFailed error={list.error} retry={() => void list.refetch()} />}
            {list.isSuccess && (
              <Words
                page={list.data}
                kind={kind}
                acts={
                  mayEdit
                    ? {
                        edit: (row) => void edit(row).catch(sayFailed),
                        remove: (row) => void remove(row).catch(sayFailed),
                        revert: (row) => void revert(row).catch(sayFailed),
                      }
                    : null
                }
              />
            )}
            {list.isSuccess && list.data.total > ON_A_PAGE && (
              <Group justify="center" component="nav" aria-label={says.pages}>
                <Pagination
                  total={Math.ceil(list.data.total / ON_A_PAGE)}
                  value={page}
                  onChange={(next) => go({ page: next })}
                  getItemProps={(number) => ({ 'aria-label': says.page(number) })}
                  getControlProps={(control) =>
                    control === 'next'
                      ? { 'aria-label': says.nextPage }
                      : control === 'previous'
                        ? { 'aria-label': says.previousPage }
                        : {}
                  }
                />
              </Group>
            )}
          </Stack>
        </Tabs.Panel>
      </Tabs>
      {edited !== null && (
        <LexiconEditor
          {...edited}
          kind={kind}
          close={() => setEdited(null)}
          added={(word) => go({ q: word })}
        />
      )}
    </CurationPage>
  );
}

interface WordActs {
  readonly edit: (row: LexiconRow) => void;
  readonly remove: (row: LexiconRow) => void;
  readonly revert: (row: LexiconRow) => void;
}

function Words(props: {
  readonly page: LexiconPage;
  readonly kind: LexiconKind;
  readonly acts: WordActs | null;
}) {
  const { page, kind, acts } = props;
  if (page.rows.length === 0) return <Empty text={says.empty} />;
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {says.total(page.total)}
      </Text>
      <Table highlightOnHover verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{says.word[kind]}</Table.Th>
            {kind !== 'courtesy' && <Table.Th>{says.forms[kind]}</Table.Th>}
            {acts !== null && (
              <Table.Th>
                <VisuallyHidden>{says.acts}</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {page.rows.map((row) => (
            <Word key={row.unit} row={row} acts={acts} />
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function Word({ row, acts }: { readonly row: LexiconRow; readonly acts: WordActs | null }) {
  const { word, forms, kind, draft } = row;
  const isGone = draft === 'removed';
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <Text size="sm" fw={600} {...(isGone ? { td: 'line-through', c: 'dimmed' } : {})}>
            {word}
          </Text>
          <DraftChip draft={draft} />
        </Group>
      </Table.Td>
      {kind !== 'courtesy' && (
        <Table.Td>
          <Group gap={6}>
            {forms.map((form) => (
              <Badge key={form} variant="default" fw={400} className="console-badge-line">
                {form}
              </Badge>
            ))}
          </Group>
        </Table.Td>
      )}
      {acts !== null && (
        <Table.Td>
          <Group gap={4} wrap="nowrap" justify="flex-end">
            {draft !== 'same' && (
              <ActionIcon
                variant="subtle"
                size="lg"
                aria-label={says.revertOf(word)}
                title={says.revertOf(word)}
                onClick={() => acts.revert(row)}
              >
                <IconArrowBackUp size={18} aria-hidden />
              </ActionIcon>
            )}
            {!isGone && (
              <>
                {kind !== 'courtesy' && (
                  <ActionIcon
                    variant="subtle"
                    size="lg"
                    aria-label={says.editOf(word)}
                    onClick={() => acts.edit(row)}
                  >
                    <IconPencil size={18} aria-hidden />
                  </ActionIcon>
                )}
                <ActionIcon
                  variant="subtle"
                  color="red"
                  size="lg"
                  aria-label={says.removeOf(word)}
                  onClick={() => acts.remove(row)}
                >
                  <IconTrash size={18} aria-hidden />
                </ActionIcon>
              </>
            )}
          </Group>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
