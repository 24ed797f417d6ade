/** What is wrong with the settings of the summary mail. Pure. */
import type { AnalyticsSettings } from '../../../src/contracts/analytics.ts';
import { words } from '../analytics/copy.ts';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** By field; empty: nothing. */
export function checkAnalytics({ summary, recipients }: AnalyticsSettings): {
  readonly 'settings.analytics.recipients'?: string;
} {
  const wrong = recipients.find((address) => !EMAIL.test(address));
  if (wrong !== undefined)
    return { 'settings.analytics.recipients': words.settings.recipientMalformed(wrong) };
  return summary !== 'off' && recipients.length === 0
    ? { 'settings.analytics.recipients': words.settings.recipientsMissing }
    : {};
}
