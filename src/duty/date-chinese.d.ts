/** What is used of the package, whose own types cannot be found from an ES module. */
declare module 'date-chinese' {
  /** The lunar calendar as counted in Việt Nam (UTC+7). */
  export class CalendarVietnamese {
    constructor(cycle?: number, year?: number, month?: number, leap?: boolean, day?: number);
    /** Cycle, year of the cycle, month, whether it is a leap month, day. */
    get(): [number, number, number, boolean, number];
    fromGregorian(year: number, month: number, day: number): this;
    fromJDE(jde: number): this;
    /** @param year the year by the sun in which the lunar year begins */
    toGregorian(year?: number): { year: number; month: number; day: number };
    /** The moment of the lunar new year, in days. */
    newYear(year: number): number;
  }
}
