/** Nobody may lay a page of their own over the buttons of ours. */
import type { Response } from 'express';

export function forbidFrames(response: Response): void {
  const policy = String(response.getHeader('content-security-policy'));
  response.set('content-security-policy', policy.replace(/frame-ancestors [^;]+/, "frame-ancestors 'none'"));
  response.set('x-frame-options', 'DENY');
}
