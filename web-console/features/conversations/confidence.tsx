import { Progress } from '@mantine/core';
import { copy } from '../../copy.ts';

/** A bar from 0 to 1, and the number beside it. */
export function Confidence({ value }: { readonly value: number }) {
  const percent = Math.round(value * 100);
  return (
    <span className="confidence">
      <Progress.Root size="sm" flex={1}>
        <Progress.Section value={percent} aria-label={copy.conversations.assist.confidence(percent)} />
      </Progress.Root>
      <span aria-hidden>{percent}%</span>
    </span>
  );
}
