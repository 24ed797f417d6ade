import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { copy } from '../../copy.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { FormFault } from '../../shell/states.tsx';
import { words } from './copy.ts';
import type { EntryEditing, Meanwhile } from './entry-editing.ts';
import { differingFields, type EntryField, sayField } from './entry-form.ts';
import { WordDiff } from './word-diff-view.tsx';

const { meanwhile: says } = words;

/** Two people changed one entry: what each of them wrote, and whose stands. */
export function MeanwhileModal(props: {
  readonly meanwhile: Meanwhile;
  readonly editing: EntryEditing;
  readonly titleOf: (id: string) => string;
}) {
  const { meanwhile, editing, titleOf } = props;
  const { who, at, base, mine } = meanwhile;
  const theirs = meanwhile.theirs ?? base;
  const isRemoved = meanwhile.theirs === null;
  const fields = differingFields(theirs, mine);
  const byThem = differingFields(base, theirs);
  const byMe = differingFields(base, mine);
  const whose = (field: EntryField): string =>
    byThem.includes(field) ? (byMe.includes(field) ? says.bothChanged : says.onlyTheirs) : says.onlyMine;
  return (
    <Modal
      opened
      onClose={editing.keepTyping}
      title={says.title}
      size="xl"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <Stack gap="md">
        <Text size="sm">{(isRemoved ? says.removedLead : says.lead)(who, sayDateTime(at))}</Text>
        {fields.length === 0 && <Text size="sm">{says.same}</Text>}
        {fields.map((field) => {
          const [written, own] = [sayField(theirs, field, titleOf), sayField(mine, field, titleOf)];
          return (
            <section key={field} aria-label={words.fields[field]} className="curation-versus">
              <Group gap="xs">
                <Text fw={600}>{words.fields[field]}</Text>
                <Badge
                  variant="light"
                  size="sm"
                  color={whose(field) === says.bothChanged ? 'orange' : 'gray'}
                >
                  {whose(field)}
                </Badge>
              </Group>
              <div className="curation-versus-sides">
                <Side title={isRemoved ? words.inDraft.removed : says.theirs}>
                  {isRemoved ? says.empty : <WordDiff before={own} after={written} side="after" />}
                </Side>
                <Side title={says.mine}>
                  <WordDiff before={written} after={own} side="after" />
                </Side>
              </div>
            </section>
          );
        })}
        <FormFault text={editing.fault} />
        <Text size="sm" c="dimmed">
          {says.keepMineHint}
        </Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={editing.keepTyping} disabled={editing.isBusy}>
            {says.cancel}
          </Button>
          <Button variant="default" onClick={editing.takeTheirs} disabled={editing.isBusy}>
            {says.takeTheirs}
          </Button>
          <Button onClick={() => void editing.keepMine()} loading={editing.isBusy}>
            {says.keepMine}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Side({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed" fw={600}>
        {title}
      </Text>
      <Text size="sm" component="div" className="curation-text">
        {children}
      </Text>
    </div>
  );
}
