/** What stands before the work, in one file of the bundle. */
export { ChangePasswordScreen } from './change-password-screen.tsx';
export { LinkScreen } from './link-screen.tsx';
export { SignInScreen } from './sign-in-screen.tsx';
