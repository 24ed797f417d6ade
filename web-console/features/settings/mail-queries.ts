/** What the settings of mail read from the desk. */
import { useQuery } from '@tanstack/react-query';
import type { MailDraft, MailPreview, MailState, MailTemplateGuide } from '../../../src/contracts/mail.ts';
import { api } from '../../api.ts';

export const MAIL_GUIDE_KEY = ['mail', 'templates'] as const;
export const MAIL_STATE_KEY = ['mail', 'state'] as const;
const LOOK_EVERY_MS = 10_000;

export function useMailGuide() {
  return useQuery({
    queryKey: MAIL_GUIDE_KEY,
    queryFn: () => api.get<MailTemplateGuide>('mail/templates'),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useMailState() {
  return useQuery({
    queryKey: MAIL_STATE_KEY,
    queryFn: () => api.get<MailState>('mail'),
    refetchInterval: LOOK_EVERY_MS,
  });
}

/** The one before stays on screen until the next is there. */
export function useMailPreview(draft: MailDraft) {
  return useQuery({
    queryKey: ['mail', 'preview', draft],
    queryFn: () => api.post<MailPreview>('mail/preview', draft),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    placeholderData: (before) => before,
  });
}
