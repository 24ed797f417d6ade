import {
  Button,
  Center,
  Checkbox,
  Code,
  Group,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { RecoveryCodes, TotpBegun } from '../../../src/contracts/staff.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { CopyField, copyText } from '../../shell/copy-field.tsx';
import { sayDone } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { FormFault, LoadFailed } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { QrCode } from './qr-code.tsx';

const words = copy.totp;

/** The secret goes to the person's app, a code of the app comes back, and the recovery codes are shown once. */
export function TotpSetUp({ finish }: { readonly finish: () => void }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  // Each time a secret of its own: the one before was perhaps seen by somebody.
  const begun = useQuery({
    queryKey: ['totp'],
    queryFn: () => api.post<TotpBegun>('totp'),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (codes !== null) return <RecoveryCodeList codes={codes} finish={finish} />;
  if (begun.isPending) return <RowsSkeleton rows={4} />;
  if (begun.isError) return <LoadFailed error={begun.error} retry={() => void begun.refetch()} />;
  return <Confirmation begun={begun.data} take={setCodes} />;
}

function Confirmation(props: {
  readonly begun: TotpBegun;
  readonly take: (codes: readonly string[]) => void;
}) {
  const { secret, uri } = props.begun;
  const [code, setCode] = useState('');
  const { isBusy, faults, fault, submit, object } = useSubmission(['code'], { totp_wrong: 'code' });

  function send(event: FormEvent): void {
    event.preventDefault();
    const digits = code.replace(/\s/g, '');
    if (digits === '') {
      object({ code: copy.failures.required });
      return;
    }
    void submit(async () => {
      const { codes } = await api.put<RecoveryCodes>('totp', { code: digits });
      sayDone(words.enabled);
      props.take(codes);
    });
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text size="sm">{words.scan}</Text>
        <Center>
          <QrCode text={uri} label={words.qr} />
        </Center>
        <CopyField label={words.secret} text={secret} />
        <TextInput
          label={words.code}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={faults.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          data-autofocus
        />
        <FormFault text={fault} />
        <Group>
          <Button type="submit" loading={isBusy}>
            {words.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function RecoveryCodeList({
  codes,
  finish,
}: {
  readonly codes: readonly string[];
  readonly finish: () => void;
}) {
  const [isStored, setStored] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const text = codes.join('\n');
  return (
    <Stack gap="md">
      <Title order={3} size="h5">
        {words.recovery}
      </Title>
      <Text size="sm">{words.recoveryLead}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" component="ul" className="console-codes">
        {codes.map((code) => (
          <li key={code}>
            <Code fz="md" block>
              {code}
            </Code>
          </li>
        ))}
      </SimpleGrid>
      <Group gap="sm">
        <Button variant="default" onClick={async () => setCopied(await copyText(text))}>
          {isCopied ? copy.actions.copied : copy.actions.copy}
        </Button>
        <Button
          variant="default"
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
          download={words.fileName}
        >
          {words.download}
        </Button>
      </Group>
      <Checkbox
        label={words.stored}
        checked={isStored}
        onChange={(event) => setStored(event.currentTarget.checked)}
      />
      <Group>
        <Button disabled={!isStored} onClick={finish}>
          {words.finish}
        </Button>
      </Group>
    </Stack>
  );
}
