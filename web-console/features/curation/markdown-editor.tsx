import { ActionIcon, Button, Group, Menu, Stack, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconBold from '@tabler/icons-react/icons/IconBold';
import IconLink from '@tabler/icons-react/icons/IconLink';
import IconList from '@tabler/icons-react/icons/IconList';
import IconListNumbers from '@tabler/icons-react/icons/IconListNumbers';
import IconPhoto from '@tabler/icons-react/icons/IconPhoto';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { useRef } from 'react';
import { sayTextFaults } from '../../../src/contracts/answer-text.ts';
import type { EntryList } from '../../../src/contracts/curation.ts';
import { confirmAct } from '../../shell/confirm.tsx';
import { words } from './copy.ts';
import { type EntryFaults, type EntryForm, LONGEST_ANSWER, type Variant } from './entry-form.ts';
import { insertPicture, markLines, surround, type Typed } from './markdown-marks.ts';
import { PhonePreview } from './phone-preview.tsx';

const { entry: says } = words;
const PLATFORMS = ['android', 'ios'] as const;
const TYPING_MS = 500;

/** The text of an answer, a variant at a time, and beside it what people will see. */
export function MarkdownEditor(props: {
  readonly form: EntryForm;
  readonly set: (part: Partial<EntryForm>) => void;
  readonly faults: EntryFaults;
  readonly list: EntryList;
  readonly variant: Variant;
  readonly setVariant: (variant: Variant) => void;
}) {
  const { form, set, faults, list, variant, setVariant } = props;
  // A variant may have gone while it was shown.
  const shown: Variant = form[variant] === null ? 'markdown' : variant;
  const text = form[shown] ?? '';
  const box = useRef<HTMLTextAreaElement>(null);
  // Who is in the middle of a word in bold has not forgotten to close it.
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const shownFaults = [
    ...(faults[shown] === undefined ? [] : [faults[shown]]),
    ...(settled === text ? sayTextFaults(text, new Set(list.pictures)) : []),
  ];

  /** Changes the text around the caret, and puts the caret where one goes on. */
  function edit(change: (typed: Typed) => Typed): void {
    const field = box.current;
    if (field === null) return;
    const next = change({ text, from: field.selectionStart, to: field.selectionEnd });
    set({ [shown]: next.text });
    field.focus();
    requestAnimationFrame(() => field.setSelectionRange(next.from, next.to));
  }

  async function removeVariant(platform: 'android' | 'ios'): Promise<void> {
    const name = words.platforms[platform];
    const act = says.removeVariant(name);
    if (form[platform] !== '' && form[platform] !== form.markdown)
      if (!(await confirmAct({ title: `${act}?`, text: says.removeVariantText(name), act }))) return;
    set({ [platform]: null });
    setVariant('markdown');
  }

  return (
    <div className="curation-writing">
      <Stack gap="xs" miw={0}>
        <Group gap="xs" role="group" aria-label={says.variants}>
          {(['markdown', ...PLATFORMS] as const).map((name) => {
            const label = name === 'markdown' ? says.general : words.platforms[name];
            if (form[name] === null)
              return (
                <Button
                  key={name}
                  size="compact-md"
                  variant="subtle"
                  leftSection={<IconPlus size={14} aria-hidden />}
                  aria-label={says.addVariant(label)}
                  onClick={() => {
                    // Steps mostly differ in a few words.
                    set({ [name]: form.markdown });
                    setVariant(name);
                  }}
                >
                  {label}
                </Button>
              );
            return (
              <Button
                key={name}
                size="compact-md"
                variant={shown === name ? 'filled' : 'default'}
                aria-pressed={shown === name}
                color={faults[name] === undefined ? 'sea' : 'red'}
                onClick={() => setVariant(name)}
              >
                {label}
              </Button>
            );
          })}
          {shown !== 'markdown' && (
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={says.removeVariant(words.platforms[shown])}
              title={says.removeVariant(words.platforms[shown])}
              onClick={() => void removeVariant(shown)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          )}
        </Group>
        <Toolbar edit={edit} pictures={list.pictures} />
        <Textarea
          ref={box}
          label={shown === 'markdown' ? says.text : words.fields[shown]}
          description={says.textHint}
          value={text}
          onChange={(event) => set({ [shown]: event.currentTarget.value })}
          // Below a long text nobody would see them.
          inputWrapperOrder={['label', 'description', 'error', 'input']}
          error={shownFaults.length === 0 ? undefined : <Lines texts={shownFaults} />}
          autosize
          minRows={12}
          maxRows={28}
        />
        <Text size="sm" c={text.length > LONGEST_ANSWER ? 'var(--mantine-color-error)' : 'dimmed'} ta="right">
          {says.letters(text.length, LONGEST_ANSWER)}
        </Text>
      </Stack>
      <PhonePreview form={form} variant={shown} list={list} />
    </div>
  );
}

function Lines({ texts }: { readonly texts: readonly string[] }) {
  return texts.map((text) => (
    <span key={text} className="curation-line">
      {text}
    </span>
  ));
}

function Toolbar({
  edit,
  pictures,
}: {
  readonly edit: (change: (typed: Typed) => Typed) => void;
  readonly pictures: readonly string[];
}) {
  const tools = [
    { label: says.bold, Icon: IconBold, change: (typed: Typed) => surround(typed, '**', '**', '') },
    { label: says.steps, Icon: IconListNumbers, change: (typed: Typed) => markLines(typed, 'steps') },
    { label: says.bullets, Icon: IconList, change: (typed: Typed) => markLines(typed, 'bullets') },
    {
      label: says.link,
      Icon: IconLink,
      change: (typed: Typed) => surround(typed, '[', '](https://)', says.linkText),
    },
  ];
  return (
    <Group gap={4}>
      {tools.map(({ label, Icon, change }) => (
        <ActionIcon
          key={label}
          variant="default"
          size="lg"
          aria-label={label}
          title={label}
          onClick={() => edit(change)}
        >
          <Icon size={18} aria-hidden />
        </ActionIcon>
      ))}
      <Menu position="bottom-start">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={says.picture} title={says.picture}>
            <IconPhoto size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown className="ticket-menu">
          {pictures.length === 0 && <Menu.Item disabled>{says.noPictures}</Menu.Item>}
          {pictures.map((name) => (
            <Menu.Item
              key={name}
              leftSection={<img src={`/media/${name}`} alt="" className="curation-picture" />}
              onClick={() => edit((typed) => insertPicture(typed, `/media/${name}`, says.pictureAlt))}
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
