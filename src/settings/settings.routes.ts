/** The settings of the desk, to be read by the staff and saved by those who may. */
import { type DeskSettingsView, deskSettingsView } from '../contracts/desk-settings.ts';
import { parseBody } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { Settings } from './desk-settings.ts';

export function createSettingsRoutes({ settings }: { readonly settings: Settings }): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/settings',
      permission: 'settings.read',
      async handle(_request, response) {
        response.json((await settings.read()) satisfies DeskSettingsView);
      },
    },
    {
      method: 'put',
      path: '/settings',
      permission: 'settings.edit',
      async handle(request, response, staff) {
        const wanted = parseBody(deskSettingsView, request);
        response.json((await settings.save(wanted, staff)) satisfies DeskSettingsView);
      },
    },
  ];
}
