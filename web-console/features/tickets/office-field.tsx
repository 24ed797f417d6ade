import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';

interface OfficeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (office: string) => void;
  readonly onBlur?: () => void;
  readonly error?: string | undefined;
  readonly size?: 'sm' | 'xs';
}

const ASK_AFTER_MS = 250;
const LONGEST = 200;

/** An office by its name; the directory helps to write it, and anything else may stand there too. */
export function OfficeField({ value, onChange, ...props }: OfficeFieldProps) {
  const [asked] = useDebouncedValue(value.trim(), ASK_AFTER_MS);
  const { data } = useQuery({
    queryKey: ['offices', asked],
    queryFn: () => findOffices(asked),
    enabled: asked !== '',
    placeholderData: (before) => before,
  });
  return (
    <Autocomplete
      {...props}
      value={value}
      onChange={onChange}
      data={data ?? []}
      // The directory has looked already, also for other spellings.
      filter={({ options }) => options}
      maxLength={LONGEST}
      comboboxProps={{ withinPortal: true }}
    />
  );
}

/** Names, best first; none when the directory cannot be asked: the field works without. */
async function findOffices(q: string): Promise<string[]> {
  const response = await fetch(`/api/v1/offices?${new URLSearchParams({ q })}`);
  if (!response.ok) return [];
  const { offices } = (await response.json()) as { readonly offices: readonly { readonly name: string }[] };
  return [...new Set(offices.map(({ name }) => name))];
}
