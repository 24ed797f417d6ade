/** The citizen's page of tickets: no frames, no inline scripts, no code of a ticket in what the server reads or keeps. */
import { expect, test } from 'vitest';
import { startStaffApi } from '../support/staff-api.ts';

test('the page of tickets may not be framed, runs its own script alone and tells nobody its address', async () => {
  const api = await startStaffApi({ staff: [] });
  const page = await fetch(`${api.url}/ticket?code=PA-222222`);
  const html = await page.text();
  const policy = page.headers.get('content-security-policy');
  expect([page.status, page.headers.get('x-frame-options')]).toEqual([200, 'DENY']);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect(html).not.toContain('PA-222222');
  expect(html).toContain('<a href="./">');
  await api.stop();
});
