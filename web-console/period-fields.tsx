import { TextInput } from '@mantine/core';

interface PeriodFieldsProps {
  readonly words: { readonly from: string; readonly to: string };
  readonly filters: { readonly from?: string; readonly to?: string };
  readonly change: (part: { readonly from: string } | { readonly to: string }) => void;
  readonly flex?: string;
}

/** From one day to another: neither can be set beyond the other. */
export function PeriodFields({
  words,
  filters: { from, to },
  change,
  flex = '1 1 140px',
}: PeriodFieldsProps) {
  return (
    <>
      <TextInput
        type="date"
        label={words.from}
        value={from ?? ''}
        max={to}
        onChange={(event) => change({ from: event.currentTarget.value })}
        flex={flex}
        maw={180}
      />
      <TextInput
        type="date"
        label={words.to}
        value={to ?? ''}
        min={from}
        onChange={(event) => change({ to: event.currentTarget.value })}
        flex={flex}
        maw={180}
      />
    </>
  );
}
