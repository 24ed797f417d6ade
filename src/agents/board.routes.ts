/** The supervisors' board over REST. */
import type { StaffRoute } from '../http/staff-route.ts';
import { type BoardInput, drawBoard } from './board.ts';

export function createBoardRoutes({ survey }: { readonly survey: () => Promise<BoardInput> }): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/board',
      permission: 'board.read',
      async handle(_request, response) {
        response.json(drawBoard(await survey()));
      },
    },
  ];
}
