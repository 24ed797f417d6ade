import { Group, Kbd, Modal, Stack, Table, Text } from '@mantine/core';
import { Fragment } from 'react';
import { copy } from '../copy.ts';

export interface KeyListProps {
  readonly shortcuts: readonly { readonly alternatives: readonly string[]; readonly label: string }[];
  readonly close: () => void;
}

/** Which keys do what on the screen that is shown. */
export function KeyList(props: KeyListProps) {
  return (
    <Modal
      opened
      onClose={props.close}
      title={copy.keyboard.title}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
      size="lg"
    >
      <Table verticalSpacing="xs">
        <Table.Tbody>
          {props.shortcuts.map(({ alternatives, label }) => (
            <Table.Tr key={`${alternatives.join()} ${label}`}>
              <Table.Td w={190}>
                <Stack gap={4}>
                  {alternatives.map((keys) => (
                    <Keys key={keys} keys={keys} />
                  ))}
                </Stack>
              </Table.Td>
              <Table.Td>{label}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  mod: 'Ctrl',
  alt: 'Alt',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/** A shortcut as it is printed on keys. */
function Keys({ keys }: { readonly keys: string }) {
  return (
    <Group gap={4} component="span">
      {keys.split(' ').map((chord, place) => (
        <Fragment key={chord}>
          {place > 0 && (
            <Text component="span" size="sm">
              {copy.keyboard.followedBy}
            </Text>
          )}
          {chord.split('+').map((key) => (
            <Kbd key={key}>{KEY_NAMES[key] ?? key.toUpperCase()}</Kbd>
          ))}
        </Fragment>
      ))}
    </Group>
  );
}
