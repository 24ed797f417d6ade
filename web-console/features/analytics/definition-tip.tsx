import { ActionIcon, Popover, Text } from '@mantine/core';
import IconHelp from '@tabler/icons-react/icons/IconHelpCircle';
import { createContext, useContext } from 'react';
import type { DefinedName, Definitions } from '../../../src/contracts/analytics-definitions.ts';
import { words } from './copy.ts';

/** How the desk counts; there is no number without it. */
export const DefinitionsContext = createContext<Definitions | null>(null);

export function useDefinition(name: DefinedName): { readonly label: string; readonly meaning: string } {
  const definitions = useContext(DefinitionsContext);
  return definitions?.[name] ?? { label: '', meaning: '' };
}

/** The names of several. */
export function useLabelOf(): (name: DefinedName) => string {
  const definitions = useContext(DefinitionsContext);
  return (name) => definitions?.[name].label ?? '';
}

/** The name of a number, and behind the question mark what it means. */
export function DefinitionTip({ name }: { readonly name: DefinedName }) {
  const { label, meaning } = useDefinition(name);
  return (
    <Popover width={300} position="bottom" withArrow shadow="md" trapFocus={false}>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          className="analytics-no-print"
          aria-label={words.meaning(label)}
        >
          <IconHelp size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.meaning(label)}>
        <Text size="sm">{meaning}</Text>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A column's heading. */
export function DefinedHead({ name }: { readonly name: DefinedName }) {
  const { label } = useDefinition(name);
  return (
    <span className="analytics-head">
      {label}
      <DefinitionTip name={name} />
    </span>
  );
}
