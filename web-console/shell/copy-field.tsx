import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import { useRef, useState } from 'react';
import { copy } from '../copy.ts';

/** Text to be taken elsewhere. Also where the browser keeps its clipboard shut, as on plain http. */
export function CopyField({ label, text }: { readonly label: string; readonly text: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);

  async function take(): Promise<void> {
    field.current?.select();
    setCopied(await copyText(text));
  }

  const word = isCopied ? copy.actions.copied : copy.actions.copy;
  return (
    <TextInput
      ref={field}
      label={label}
      value={text}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      rightSection={
        <Tooltip label={word}>
          <ActionIcon
            variant="subtle"
            color={isCopied ? 'teal' : 'sea'}
            aria-label={word}
            onClick={() => void take()}
          >
            {isCopied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      }
    />
  );
}

/** @returns whether it is in the clipboard now; without a clipboard, whatever is selected was taken */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}
