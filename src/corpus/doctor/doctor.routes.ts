/** The corpus doctor over REST. */
import { type DoctorView, doctorRequest } from '../../contracts/corpus-doctor.ts';
import { parseBody } from '../../http/parse-request.ts';
import type { StaffRoute } from '../../http/staff-route.ts';
import type { Doctor } from './doctor.ts';

export function createDoctorRoutes({ doctor }: { readonly doctor: Doctor }): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/curation/doctor',
      permission: 'corpus.read',
      async handle(_request, response) {
        response.json((await doctor.view()) satisfies DoctorView);
      },
    },
    {
      method: 'post',
      path: '/curation/doctor',
      permission: 'corpus.edit',
      async handle(request, response) {
        const begun = await doctor.begin(parseBody(doctorRequest, request));
        response.status(202).json(begun satisfies DoctorView);
      },
    },
  ];
}
