/** As the contract has them (src/contracts/incidents.ts), whose schemas stay out of the bundle. */
export const LONGEST_BANNER = 300;
export const LONGEST_PIN = 2_000;
export const LONGEST_TOLD = 1_000;
export const LONGEST_TITLE = 120;
