import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useState } from 'react';
import { Link } from 'react-router';
import type { DraftView } from '../../../src/contracts/curation.ts';
import { useSession } from '../../session.tsx';
import { contains } from '../../shell/contains.ts';
import { Empty } from '../../shell/states.tsx';
import { ChangeCard } from './change-card.tsx';
import { isOver } from './draft-rules.ts';
import { words } from './release-copy.ts';

const { draft: says } = words;
/** With fewer there is nothing to look for. */
const SEARCHED_FROM = 8;

/** What a draft changes, unit by unit; what needs a decision first. */
export function DraftChanges({ draft }: { readonly draft: DraftView }) {
  const mayEdit = useSession().may('corpus.edit') && !isOver(draft);
  const [wanted, setWanted] = useState('');
  if (draft.list.length === 0)
    return (
      <Empty text={says.noChanges}>
        {!isOver(draft) && (
          <Button component={Link} to="/curation/entries" variant="default">
            {says.toEntries}
          </Button>
        )}
      </Empty>
    );
  const conflicts = draft.list.filter(({ conflict }) => conflict).length;
  const shown = draft.list
    .filter(({ title, unit }) => contains(`${title} ${unit}`, wanted))
    .toSorted((one, other) => Number(other.conflict) - Number(one.conflict));
  return (
    <Stack gap="md">
      {conflicts > 0 && (
        <Alert color="orange" role="alert">
          {says.conflicts(conflicts)}
        </Alert>
      )}
      {draft.list.length >= SEARCHED_FROM && (
        <TextInput
          type="search"
          aria-label={says.filter}
          placeholder={says.filter}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          maw={360}
        />
      )}
      {shown.map((change) => (
        <ChangeCard key={change.unit} draft={draft} change={change} mayEdit={mayEdit} />
      ))}
      <Text size="sm" c="dimmed" role="status">
        {words.drafts.changes(shown.length)}
      </Text>
    </Stack>
  );
}
