/** The screens of numbers, in a file of the bundle of their own: few open them. */
export { AnalyticsScreen } from './analytics/analytics-screen.tsx';
