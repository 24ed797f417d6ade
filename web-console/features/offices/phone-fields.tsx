import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { words } from './copy.ts';
import type { PhoneForm } from './office-form.ts';

const MOST_PHONES = 10;

export function PhoneFields(props: {
  readonly phones: readonly PhoneForm[];
  readonly change: (phones: PhoneForm[]) => void;
  readonly fault: string | undefined;
}) {
  const { phones, change, fault } = props;
  const set = (place: number, part: Partial<PhoneForm>): void =>
    change(phones.map((phone, other) => (other === place ? { ...phone, ...part } : phone)));
  return (
    <Input.Wrapper label={words.fields.phones} error={fault} labelElement="div">
      <Stack gap="xs" mt={6} mb={fault === undefined ? 0 : 6} align="flex-start">
        {phones.map(({ number, extension }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: numbers change while they are typed; fields hold no state
          <Group key={place} gap="xs" wrap="nowrap" w="100%">
            <TextInput
              type="tel"
              aria-label={words.phone(place + 1)}
              placeholder={words.phoneNumber}
              value={number}
              onChange={(event) => set(place, { number: event.currentTarget.value })}
              error={fault !== undefined}
              maxLength={30}
              flex={2}
            />
            <TextInput
              aria-label={words.phoneExtension(place + 1)}
              placeholder={words.extensionShort}
              value={extension}
              onChange={(event) => set(place, { extension: event.currentTarget.value })}
              error={fault !== undefined}
              maxLength={30}
              flex={1}
            />
            <ActionIcon
              variant="subtle"
              color="red"
              size="lg"
              onClick={() => change(phones.filter((_, other) => other !== place))}
              aria-label={words.removePhone(place + 1)}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        {phones.length < MOST_PHONES && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => change([...phones, { number: '', extension: '' }])}
          >
            {words.addPhone}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}
