/** The screens that show what the bot does badly, in one file of the bundle. */
export { DoctorScreen } from './doctor/doctor-screen.tsx';
export { UnansweredScreen } from './unanswered/unanswered-screen.tsx';
