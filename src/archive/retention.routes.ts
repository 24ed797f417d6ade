/** What a change of the settings of retention would do, before it is saved. */
import { type RetentionPreview, retentionSettings } from '../contracts/archive.ts';
import { parseBody } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { Retention } from './retention.ts';

export function createRetentionRoutes({ retention }: { readonly retention: Retention }): StaffRoute[] {
  return [
    {
      method: 'post',
      path: '/retention/preview',
      permission: 'settings.edit',
      async handle(request, response) {
        const preview: RetentionPreview = await retention.preview(parseBody(retentionSettings, request));
        response.json(preview);
      },
    },
  ];
}
