import { Button, Modal, Stack, Text } from '@mantine/core';
import { copy } from '../../copy.ts';
import { words } from './copy.ts';
import { NewDraftForm } from './new-draft.tsx';
import { useDraftQuestion, useWorkingDraft } from './working-draft.ts';

/** Asks where a first change is to go; shown by whoever calls `getDraft`. */
export function DraftQuestionPlace() {
  const question = useDraftQuestion();
  const { drafts } = useWorkingDraft();
  if (question === null) return null;
  const { answer } = question;
  return (
    <Modal
      opened
      onClose={() => answer(null)}
      title={words.draft.chooseTitle}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <Stack gap="md">
        <Text size="sm">{words.draft.chooseText}</Text>
        {drafts.length > 0 && (
          <Stack gap="xs">
            <Text size="sm" fw={600}>
              {words.draft.continueWith}
            </Text>
            {drafts.map(({ id, name, changes }) => (
              <Button
                key={id}
                variant="default"
                justify="space-between"
                rightSection={
                  <Text size="sm" c="dimmed" className="console-nowrap">
                    {words.draft.changes(changes)}
                  </Text>
                }
                onClick={() => answer(id)}
              >
                {name}
              </Button>
            ))}
            <Text size="sm" fw={600} mt="xs">
              {words.draft.orNew}
            </Text>
          </Stack>
        )}
        <NewDraftForm created={answer} close={() => answer(null)} />
      </Stack>
    </Modal>
  );
}
