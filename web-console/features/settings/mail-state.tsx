import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FailedMail, MailState } from '../../../src/contracts/mail.ts';
import { api } from '../../api.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Section } from '../../shell/section.tsx';
import { LoadFailed } from '../../shell/states.tsx';
import { mailCopy as words } from './mail-copy.ts';
import { MAIL_STATE_KEY, useMailState } from './mail-queries.ts';

/** Whether mails leave and arrive, and those that did not. */
export function MailStateSection() {
  const state = useMailState();
  return (
    <Section title={words.state}>
      {state.isPending && <RowsSkeleton />}
      {state.isError && !state.data && <LoadFailed error={state.error} retry={() => void state.refetch()} />}
      {state.data && (
        <>
          <Outgoing {...state.data.outgoing} />
          <Incoming {...state.data.incoming} />
        </>
      )}
    </Section>
  );
}

function Outgoing({ isConfigured, waiting, lastFailure, failed }: MailState['outgoing']) {
  return (
    <Stack gap="xs">
      <Heading title={words.outgoing} isConfigured={isConfigured} isTroubled={lastFailure !== null} />
      <Text size="sm">{isConfigured ? words.waiting(waiting) : words.noSmtp}</Text>
      {lastFailure !== null && (
        <Text size="sm" className="console-anywhere">
          {words.triesAgain(lastFailure)}
        </Text>
      )}
      {failed.length > 0 && (
        <Stack gap={4}>
          <Text size="sm" fw={500}>
            {words.failed}
          </Text>
          <Stack gap={0} component="ul" className="console-plain-list">
            {failed.map((mail) => (
              <Failed key={mail.id} {...mail} />
            ))}
          </Stack>
        </Stack>
      )}
    </Stack>
  );
}

function Failed({ id, to, failedAt, attempts, reason }: FailedMail) {
  const cache = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  async function retry(): Promise<void> {
    setBusy(true);
    try {
      await api.post(`mail/${id}/retry`);
      sayDone(words.retried);
    } catch (error) {
      sayFailed(error);
    } finally {
      setBusy(false);
      await cache.invalidateQueries({ queryKey: MAIL_STATE_KEY });
    }
  }
  return (
    <Group
      component="li"
      className="console-line"
      justify="space-between"
      align="flex-start"
      gap="sm"
      py="xs"
    >
      <Stack gap={0} flex={1} miw={200}>
        <Text size="sm" className="console-anywhere">
          {to}
        </Text>
        <Text size="sm" c="dimmed" className="console-anywhere">
          {words.failedAt(sayDateTime(failedAt), attempts)}: {reason}
        </Text>
      </Stack>
      <Button
        variant="default"
        size="compact-md"
        onClick={() => void retry()}
        loading={isBusy}
        aria-label={words.retryOf(to)}
      >
        {words.retry}
      </Button>
    </Group>
  );
}

function Incoming({ isConfigured, lookedAt, receivedAt, lastFailure }: MailState['incoming']) {
  return (
    <Stack gap="xs">
      <Heading title={words.incoming} isConfigured={isConfigured} isTroubled={lastFailure !== null} />
      {!isConfigured && <Text size="sm">{words.noImap}</Text>}
      {isConfigured && (
        <Text size="sm">{lookedAt === null ? words.neverLooked : words.lookedAt(sayDateTime(lookedAt))}</Text>
      )}
      {receivedAt !== null && <Text size="sm">{words.receivedAt(sayDateTime(receivedAt))}</Text>}
      {lastFailure !== null && (
        <Text size="sm" className="console-anywhere">
          {words.readsAgain(lastFailure)}
        </Text>
      )}
    </Stack>
  );
}

function Heading(props: {
  readonly title: string;
  readonly isConfigured: boolean;
  readonly isTroubled: boolean;
}) {
  const { title, isConfigured, isTroubled } = props;
  const [color, text] = !isConfigured
    ? ['gray', words.off]
    : isTroubled
      ? ['red', words.troubled]
      : ['teal', words.sending];
  return (
    <Group gap="sm">
      <Text fw={500}>{title}</Text>
      <Badge variant="light" color={color}>
        {text}
      </Badge>
    </Group>
  );
}
