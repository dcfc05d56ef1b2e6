/**
 * Numbers as people here write them, in one place for screens, papers and commands: thousands with a comma, a point
 * before decimals, pounds before the amount. What a sentence says of small or hidden numbers is in impact/words.ts.
 */

const grouped = new Intl.NumberFormat("en-GB");
const toOneDecimal = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const withPence = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** "1,140"; of decimals three at most. */
export const inDigits = (value: number): string => grouped.format(value);

/** "1,140.0": always with one decimal, so that numbers under one another can be compared. */
export const inTenths = (value: number): string => toOneDecimal.format(value);

/** "£1,140"; "£12.50" where there are pence. */
export const inPounds = (pounds: number): string =>
  `£${Number.isInteger(pounds) ? grouped.format(pounds) : withPence.format(pounds)}`;
