import { Anchor, Badge, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OfficeRecord } from '../../../src/contracts/office-directory.ts';
import { mapHref, telHref } from '../../../web-sync/place-links.ts';
import { words } from './copy.ts';
import { useOfficeNames } from './offices-queries.ts';

/** What there is to know of an office, for those who do not change it. */
export function OfficeFacts({ office }: { readonly office: OfficeRecord }) {
  const { code, name, level, province, address, phones, hours, parent, aliases, active } = office;
  const { data } = useOfficeNames(parent !== null);
  const above = data?.offices.find((other) => other.code === parent)?.name ?? parent;
  return (
    <Stack gap="md">
      <Stack gap={4} align="flex-start">
        <Title order={3} size="h4">
          {name}
        </Title>
        {!active && (
          <Badge variant="light" color="gray">
            {words.inactive}
          </Badge>
        )}
      </Stack>
      <Stack gap="sm" component="dl" m={0}>
        <Fact label={words.fields.code}>{code}</Fact>
        <Fact label={words.fields.level}>{words.levels[level]}</Fact>
        <Fact label={words.fields.province}>{province}</Fact>
        <Fact label={words.fields.address}>{address}</Fact>
        <Fact label={words.fields.phones}>
          {phones.length > 0 &&
            phones.map(({ number, extension }) => (
              <Text key={`${number} ${extension}`}>
                <Anchor href={telHref(number)}>{number}</Anchor>
                {extension !== undefined && ` · ${words.extension(extension)}`}
              </Text>
            ))}
        </Fact>
        <Fact label={words.fields.hours}>{hours}</Fact>
        <Fact label={words.fields.parent}>{above}</Fact>
        <Fact label={words.fields.aliases}>{aliases.join(', ')}</Fact>
      </Stack>
      <Anchor href={mapHref(office)} target="_blank" rel="noopener">
        {words.showMap}
      </Anchor>
    </Stack>
  );
}

/** Nothing where nothing is known. */
function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  if (!children) return null;
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="dd" m={0} className="console-anywhere">
        {children}
      </Text>
    </div>
  );
}
