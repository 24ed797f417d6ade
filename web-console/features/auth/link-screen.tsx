import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { LinkView } from '../../../src/contracts/staff.ts';
import { api, isApiError } from '../../api.ts';
import { copy } from '../../copy.ts';
import { ScreenSkeleton } from '../../shell/screen-skeleton.tsx';
import { FormFault, LoadFailed } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { AuthCard } from './auth-card.tsx';
import { NewPasswordFields, useNewPassword } from './new-password.tsx';

const words = copy.link;

/** Where a one-time link leads: the person sets a password, and the link is used up. */
export function LinkScreen() {
  const [query] = useSearchParams();
  const token = query.get('token') ?? '';
  const [isDone, setDone] = useState(false);
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: () => api.get<LinkView>('link', { token }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isDone)
    return (
      <AuthCard title={words.done} lead={words.doneText}>
        <ToSignIn />
      </AuthCard>
    );
  if (link.isPending) return <ScreenSkeleton rows={3} />;
  if (link.isError)
    return (
      <AuthCard title={words.invalid} lead={link.error.message}>
        {isApiError(link.error) && link.error.code === 'offline' ? (
          <LoadFailed error={link.error} retry={() => void link.refetch()} />
        ) : (
          <ToSignIn />
        )}
      </AuthCard>
    );
  return <SetPassword token={token} link={link.data} finish={() => setDone(true)} />;
}

function SetPassword(props: {
  readonly token: string;
  readonly link: LinkView;
  readonly finish: () => void;
}) {
  const { email, name, purpose } = props.link;
  const password = useNewPassword();
  const { isBusy, faults, fault, submit, object } = useSubmission(['next', 'repeat'], {
    password_too_short: 'next',
    password_too_long: 'next',
  });

  function send(event: FormEvent): void {
    event.preventDefault();
    const own = password.check();
    if (Object.keys(own).length > 0) {
      object(own);
      return;
    }
    void submit(async () => {
      await api.post('link', { token: props.token, password: password.next });
      props.finish();
    });
  }

  const isInvite = purpose === 'invite';
  return (
    <AuthCard
      title={isInvite ? words.invite : words.reset}
      lead={isInvite ? words.inviteLead(name, email) : words.resetLead(email)}
    >
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <input type="hidden" name="username" autoComplete="username" value={email} />
          <NewPasswordFields password={password} faults={faults} />
          <FormFault text={fault} />
          <Button type="submit" loading={isBusy} size="md" fullWidth>
            {words.act}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}

/** A fresh page: whoever is signed in here may be somebody else. */
function ToSignIn() {
  return (
    <Button component="a" href="/console" size="md" fullWidth>
      {words.toSignIn}
    </Button>
  );
}
