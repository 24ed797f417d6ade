/** What staff say of an answer of the bot: right, or wrong. A second press takes it back. */
import { Button, Group } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconX from '@tabler/icons-react/icons/IconX';
import { useState } from 'react';
import type { AnswerMark as Mark, MarkView } from '../../../src/contracts/console.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { sayFailed } from '../../shell/notices.ts';

const words = copy.conversations.marking;
const SHOWN = { right: { Icon: IconCheck, color: 'teal' }, wrong: { Icon: IconX, color: 'red' } } as const;

interface AnswerMarkProps {
  readonly conversation: string;
  readonly seq: number;
  readonly mark: MarkView | null;
}

export function AnswerMark({ conversation, seq, mark }: AnswerMarkProps) {
  const [isBusy, setBusy] = useState(false);
  const set = async (next: Mark): Promise<void> => {
    setBusy(true);
    const change = { conversation, seq, mark: mark?.mark === next ? null : next };
    // The answer comes back over the socket, to everybody who looks at it.
    await api.put('marks', change).catch(sayFailed);
    setBusy(false);
  };
  return (
    <Group gap={6} className="answer-mark" role="group" aria-label={words.title}>
      {(['right', 'wrong'] as const).map((one) => {
        const { Icon, color } = SHOWN[one];
        const isSet = mark?.mark === one;
        return (
          <Button
            key={one}
            size="compact-xs"
            variant={isSet ? 'light' : 'subtle'}
            color={isSet ? color : 'gray'}
            leftSection={<Icon size={14} aria-hidden />}
            aria-pressed={isSet}
            disabled={isBusy}
            onClick={() => void set(one)}
          >
            {words[one]}
          </Button>
        );
      })}
      {mark !== null && <span className="message-mark">{words.by(mark.by.name)}</span>}
    </Group>
  );
}
