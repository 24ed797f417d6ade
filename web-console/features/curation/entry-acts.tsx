import { Button, Group, Menu } from '@mantine/core';
import IconArchive from '@tabler/icons-react/icons/IconArchive';
import IconArrowBackUp from '@tabler/icons-react/icons/IconArrowBackUp';
import IconDots from '@tabler/icons-react/icons/IconDots';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import type { EntryView } from '../../../src/contracts/curation.ts';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { words } from './copy.ts';
import { useCurationReload } from './curation-queries.ts';
import { removeEntry, revertUnit } from './draft-acts.ts';
import type { EntryEditing } from './entry-editing.ts';

const { entry: says } = words;

/** What is done to an entry as a whole. */
export function EntryActs(props: {
  readonly draft: string;
  readonly view: EntryView;
  readonly editing: EntryEditing;
}) {
  const { draft, view, editing } = props;
  const { form, isBusy, save, forget } = editing;
  const reload = useCurationReload();
  const id = view.entry?.id ?? '';

  async function archive(): Promise<void> {
    const question = form.archived
      ? { title: says.unarchiveTitle, text: says.unarchiveText(form.title), act: says.unarchive }
      : { title: says.archiveTitle, text: says.archiveText(form.title), act: says.archive };
    if (await confirmAct(question)) await save({ archived: !form.archived });
  }

  async function remove(): Promise<void> {
    const question = { title: says.removeTitle, text: says.removeText(form.title), act: says.remove };
    if (!(await confirmAct(question))) return;
    await removeEntry(draft, view, id);
    forget();
    await reload();
  }

  async function revert(): Promise<void> {
    const question = { title: says.revertTitle, text: says.revertText, act: says.revert };
    if (!(await confirmAct(question))) return;
    await revertUnit(draft, `faq:${id}`, view.revision);
    forget();
    sayDone(says.reverted);
    await reload();
  }

  return (
    <Group gap="xs">
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconDots size={16} aria-hidden />}
            disabled={isBusy}
          >
            {says.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconArchive size={16} aria-hidden />}
            onClick={() => void archive().catch(sayFailed)}
          >
            {form.archived ? says.unarchive : says.archive}
          </Menu.Item>
          {view.revision > 0 && view.live !== null && (
            <Menu.Item
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              onClick={() => void revert().catch(sayFailed)}
            >
              {says.revert}
            </Menu.Item>
          )}
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => void remove().catch(sayFailed)}
          >
            {says.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
