/** A new password, typed twice: length is what counts (src/contracts/staff.ts). */
import { PasswordInput, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { SHORTEST_PASSWORD } from '../../../src/contracts/staff.ts';
import { copy } from '../../copy.ts';

const words = copy.password;
/** Types only are taken from the contract; the compiler sees to it that this is its number. */
const SHORTEST: typeof SHORTEST_PASSWORD = 12;
const STRONG = 20;

export interface NewPassword {
  readonly next: string;
  readonly repeat: string;
  readonly setNext: (text: string) => void;
  readonly setRepeat: (text: string) => void;
  /** What is wrong with it before it is sent; empty: nothing. */
  readonly check: () => { next?: string; repeat?: string };
}

export function useNewPassword(): NewPassword {
  const [next, setNext] = useState('');
  const [repeat, setRepeat] = useState('');
  return {
    next,
    repeat,
    setNext,
    setRepeat,
    check: () => {
      if (next.length < SHORTEST) return { next: words.tooShort(SHORTEST) };
      return next === repeat ? {} : { repeat: words.differs };
    },
  };
}

export function NewPasswordFields(props: {
  readonly password: NewPassword;
  readonly faults: { readonly next?: string; readonly repeat?: string };
}) {
  const { next, repeat, setNext, setRepeat } = props.password;
  return (
    <>
      <Stack gap={6}>
        <PasswordInput
          label={words.next}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          error={props.faults.next}
          autoComplete="new-password"
          maxLength={200}
          visibilityToggleButtonProps={{ 'aria-label': copy.signIn.show, tabIndex: 0 }}
        />
        <Strength length={next.length} />
      </Stack>
      <PasswordInput
        label={words.repeat}
        value={repeat}
        onChange={(event) => setRepeat(event.currentTarget.value)}
        error={props.faults.repeat}
        autoComplete="new-password"
        maxLength={200}
        visibilityToggleButtonProps={{ 'aria-label': copy.signIn.show, tabIndex: 0 }}
      />
    </>
  );
}

function Strength({ length }: { readonly length: number }) {
  const color = length < SHORTEST ? 'orange' : 'teal';
  return (
    <>
      <Progress value={Math.min(100, (length / STRONG) * 100)} color={color} size="sm" aria-hidden />
      <Text size="sm" c="dimmed" aria-live="polite">
        {sayStrength(length)}
      </Text>
    </>
  );
}

function sayStrength(length: number): string {
  if (length === 0) return words.hint(SHORTEST);
  if (length < SHORTEST) return words.missing(SHORTEST - length);
  return length < STRONG ? words.enough : words.strong;
}
