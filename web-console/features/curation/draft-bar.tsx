import { Alert, Button, Group, Select, Text } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useState } from 'react';
import { Link } from 'react-router';
import { copy } from '../../copy.ts';
import { words } from './copy.ts';
import { NewDraftModal } from './new-draft.tsx';
import { useWorkingDraft } from './working-draft.ts';

const LIVE = 'live';

/** Which draft the person works in, on top of every screen. */
export function DraftBar() {
  const { draft, drafts, mayEdit, choose, failure } = useWorkingDraft();
  const [isCreating, setCreating] = useState(false);
  if (failure !== null)
    return (
      <Alert color="red" mt="sm" py="xs" role="alert">
        <Group gap="sm">
          <Text size="sm">{words.draft.failed}</Text>
          <Button variant="default" size="compact-sm" onClick={failure.retry}>
            {copy.actions.retry}
          </Button>
        </Group>
      </Alert>
    );
  return (
    <Group gap="sm" py="sm" className="curation-draft-bar" data-live={draft === null || undefined}>
      <Select
        aria-label={words.draft.label}
        data={[
          { value: LIVE, label: words.draft.live },
          ...drafts.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={draft?.id ?? LIVE}
        onChange={(chosen) => choose(chosen === null || chosen === LIVE ? null : chosen)}
        disabled={draft === undefined}
        allowDeselect={false}
        flex="1 1 220px"
        maw={340}
      />
      {draft && (
        <Button component={Link} to={`/curation/drafts/${draft.id}`} variant="subtle" px="xs">
          {words.draft.changes(draft.changes)}
        </Button>
      )}
      {mayEdit && (
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setCreating(true)}
        >
          {words.draft.create}
        </Button>
      )}
      {isCreating && <NewDraftModal close={() => setCreating(false)} created={choose} />}
    </Group>
  );
}
