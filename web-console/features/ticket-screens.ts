/** The screens of tickets, in one file of the bundle: they share nearly everything. */
export { NewTicketDrawer } from './tickets/new-ticket-drawer.tsx';
export { TicketScreen } from './tickets/ticket-screen.tsx';
export { TicketsBoard } from './tickets/tickets-board.tsx';
export { TicketsScreen } from './tickets/tickets-screen.tsx';
