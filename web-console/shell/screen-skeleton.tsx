import { Skeleton, Stack } from '@mantine/core';
import { copy } from '../copy.ts';

/** Stands where a screen, or what it shows, is on its way. */
export function ScreenSkeleton({ rows = 6 }: { readonly rows?: number }) {
  return (
    <Stack p="lg" gap="md" role="status" aria-label={copy.states.loading}>
      <Skeleton height={28} width={220} />
      <RowsSkeleton rows={rows} />
    </Stack>
  );
}

/** The same for a list under a heading that is there already. */
export function RowsSkeleton({ rows = 6 }: { readonly rows?: number }) {
  return (
    <Stack gap="sm" role="status" aria-label={copy.states.loading}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey bars are all alike
        <Skeleton key={row} height={44} />
      ))}
    </Stack>
  );
}
