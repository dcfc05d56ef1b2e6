/**
 * Clocks of open figures: how often a cell may move, and when. A cell moves only at slots fixed in advance from its
 * last published figure, so far apart that at least 12 new people are expected between two of them: the others'
 * arrivals hide the one (`docs/methods/disclosure.md`). Pure: instants and the calendar are passed in.
 */

import { addDays, type Day, dayOf, financialYearOf, firstDayOf, isWorkingDay, type Period } from "./period";

/** New people expected between two slots of a cell: the fastest that an attacker who watches every cell leaves safe. */
export const NEW_PEOPLE_A_SLOT = 12;

const HOUR = 3600;
const WORKING_DAY = 10 * HOUR;
/** Working seconds in which the people of a year come: 250 days of 10 hours. */
const WORKING_YEAR = 250 * WORKING_DAY;

export type SlotName = "10s" | "1min" | "10min" | "1h" | "1d" | "2d" | "7d" | "14d" | "28d";

interface Slot {
  name: SlotName;
  /** Number for storage, given once. */
  number: number;
  workingSeconds: number;
  /** When the figure moves, after "It" or an area's name. */
  words: string;
}

/** Shortest first. */
export const SLOTS: readonly Slot[] = [
  { name: "10s", number: 1, workingSeconds: 10, words: "moves every 10 seconds in working hours" },
  { name: "1min", number: 2, workingSeconds: 60, words: "moves each minute in working hours" },
  { name: "10min", number: 3, workingSeconds: 600, words: "moves every 10 minutes in working hours" },
  { name: "1h", number: 4, workingSeconds: HOUR, words: "moves each hour in working hours" },
  { name: "1d", number: 5, workingSeconds: WORKING_DAY, words: "moves each working day" },
  { name: "2d", number: 6, workingSeconds: 2 * WORKING_DAY, words: "moves every second working day" },
  { name: "7d", number: 7, workingSeconds: 5 * WORKING_DAY, words: "moves each Monday" },
  { name: "14d", number: 8, workingSeconds: 10 * WORKING_DAY, words: "moves every second Monday" },
  { name: "28d", number: 9, workingSeconds: 20 * WORKING_DAY, words: "moves every fourth Monday" },
];

const byName = new Map(SLOTS.map((slot) => [slot.name, slot]));
const byNumber = new Map(SLOTS.map((slot) => [slot.number, slot]));

function slotNamed(name: SlotName): Slot {
  const slot = byName.get(name);
  if (!slot) throw new Error(`No slot is called ${name}`);
  return slot;
}

/** The slot of a storage number. Throws when no slot has it. */
export function slotByNumber(number: number): SlotName {
  const slot = byNumber.get(number);
  if (!slot) throw new Error(`No slot has the number ${number}`);
  return slot.name;
}

/** Number of a slot for storage. */
export function slotNumber(name: SlotName): number {
  return slotNamed(name).number;
}

/** "moves each Monday"; "stands still until it settles" for a cell without a clock. */
export function slotInWords(name: SlotName | null): string {
  return name === null ? "stands still until it settles" : slotNamed(name).words;
}

/**
 * People expected in a year, from published figures alone: the last closed year's, or twice the last closed quarter's
 * where no year has closed (people recur, so not four times). Null: hidden, or nothing has closed.
 */
export function expectedInYear(published: { year?: number | null; quarter?: number | null }): number | null {
  if (published.year !== undefined) return published.year;
  return published.quarter ? 2 * published.quarter : null;
}

/** The shortest slot in which 12 new people are expected; null: too few come, so the cell is not live. */
export function slotFor(peopleInYear: number | null): SlotName | null {
  if (peopleInYear === null) return null;
  const slot = SLOTS.find(
    ({ workingSeconds }) => peopleInYear * workingSeconds >= NEW_PEOPLE_A_SLOT * WORKING_YEAR,
  );
  return slot?.name ?? null;
}

/** The next longer slot; null after the longest: the cell is live no more. */
export function longerSlot(name: SlotName): SlotName | null {
  return SLOTS[SLOTS.indexOf(slotNamed(name)) + 1]?.name ?? null;
}

/** The day on which a financial year's clocks are chosen: the first Monday of June, when the year before has settled. */
export function clocksChosenOn(financialYear: number): Day {
  return firstMonday(`${financialYear}-06-01`);
}

/** The financial year whose clocks are in force on a day: from its first Monday of June to the day before the next. */
export function clockYearOf(day: Day): number {
  const year = financialYearOf(day);
  return day >= clocksChosenOn(year) ? year : year - 1;
}

/** The last slot at or before an instant. */
export function lastSlot(name: SlotName, at: Date, holidays: ReadonlySet<Day>): Date {
  const calendar = calendarOf(holidays);
  for (let year = financialYearOf(dayOf(at)); ; year -= 1) {
    const found = calendar.lastIn(slotNamed(name), year, at.getTime());
    if (found !== null) return new Date(found);
    if (year < 1900) throw new Error("No slot before this instant");
  }
}

/** The first slot after an instant. */
export function nextSlot(name: SlotName, after: Date, holidays: ReadonlySet<Day>): Date {
  const calendar = calendarOf(holidays);
  for (let year = financialYearOf(dayOf(after)); ; year += 1) {
    const found = calendar.firstIn(slotNamed(name), year, after.getTime());
    if (found !== null) return new Date(found);
    if (year > 3000) throw new Error("No slot after this instant");
  }
}

/** The slots after one instant, up to and with another, in order. */
export function slotsBetween(name: SlotName, after: Date, until: Date, holidays: ReadonlySet<Day>): Date[] {
  const slots: Date[] = [];
  let at = nextSlot(name, after, holidays);
  while (at <= until) {
    slots.push(at);
    at = nextSlot(name, at, holidays);
  }
  return slots;
}

/** What is known of a slot length: the last slot at which the engine looked, and when it did so. */
export interface Look {
  /** Null: it has not looked since the first clocks were chosen, at `lookedAt`. */
  slotAt: Date | null;
  lookedAt: Date;
}

/**
 * Seconds after its slot until which a look may wait for a whole length since the last one, which was late: to the end
 * of its day for slots at 06:00, a tenth of shorter ones, and 5 seconds at the shortest.
 */
function mayWait(workingSeconds: number): number {
  return workingSeconds >= WORKING_DAY ? 12 * HOUR : Math.max(5, workingSeconds / 10);
}

/**
 * The slot to look at now; null: none has come since the last look. A slot that came less than its whole length after a
 * look that was late is passed over, because fewer people than 12 would hide the one.
 */
export function dueSlot(name: SlotName, look: Look, now: Date, holidays: ReadonlySet<Day>): Date | null {
  const at = lastSlot(name, now, holidays);
  const isNew = at > (look.slotAt ?? look.lookedAt);
  return isNew && isWholeSlot(name, look, { at, now }, holidays) ? at : null;
}

/** The next slot at which the engine will look. */
export function nextDueSlot(name: SlotName, look: Look, now: Date, holidays: ReadonlySet<Day>): Date {
  let at = nextSlot(name, now, holidays);
  while (!isWholeSlot(name, look, { at, now: null }, holidays)) at = nextSlot(name, at, holidays);
  return at;
}

/**
 * Whether a whole slot lies between the last look and one at `at`: at `now`, as far as it may wait (null: as long as it
 * may). A week with a bank holiday is a whole one too: fewer come, as in any quiet week.
 */
function isWholeSlot(
  name: SlotName,
  { slotAt, lookedAt }: Look,
  { at, now }: { at: Date; now: Date | null },
  holidays: ReadonlySet<Day>,
): boolean {
  const { workingSeconds } = slotNamed(name);
  const latest = at.getTime() + mayWait(workingSeconds) * 1000;
  const looksAt = new Date(Math.min(now?.getTime() ?? latest, latest));
  const before = lastSlot(name, new Date(at.getTime() - 1), holidays);
  const whole = Math.min(workingSeconds, workingSecondsBetween(before, at, holidays));
  // Before the first look nothing has shown that the next figure could be compared with.
  const needed = slotAt === null ? whole / 2 : whole;
  return workingSecondsBetween(lookedAt, looksAt, holidays) >= needed;
}

/** Seconds of working time (Monday to Friday 08:00 to 18:00 in London, no bank holidays) between two instants. */
export function workingSecondsBetween(from: Date, to: Date, holidays: ReadonlySet<Day>): number {
  const calendar = calendarOf(holidays);
  let seconds = 0;
  for (let year = financialYearOf(dayOf(from)); year <= financialYearOf(dayOf(to)); year += 1) {
    for (const opens of calendar.yearOf(year).opens) {
      const start = Math.max(opens, from.getTime());
      const end = Math.min(opens + WORKING_DAY * 1000, to.getTime());
      if (end > start) seconds += (end - start) / 1000;
    }
  }
  return seconds;
}

/** The working days and long slots of a financial year, as instants in order. */
interface CalendarYear {
  /** 08:00 of each working day. */
  opens: readonly number[];
  /** Slots of a day and longer, by name. */
  long: ReadonlyMap<SlotName, readonly number[]>;
}

class Calendar {
  private readonly years = new Map<number, CalendarYear>();

  constructor(private readonly holidays: ReadonlySet<Day>) {}

  lastIn(slot: Slot, year: number, at: number): number | null {
    const { opens, long } = this.yearOf(year);
    const slots = long.get(slot.name);
    if (slots) return slots[after(slots, at) - 1] ?? null;
    // The first slot of a day comes a whole slot after 08:00: a slot at 08:00 would show who came in the night.
    const length = slot.workingSeconds * 1000;
    const day = opens[after(opens, at - length) - 1];
    if (day === undefined) return null;
    return day + Math.min(Math.floor((at - day) / length), WORKING_DAY / slot.workingSeconds) * length;
  }

  firstIn(slot: Slot, year: number, at: number): number | null {
    const { opens, long } = this.yearOf(year);
    const slots = long.get(slot.name);
    if (slots) return slots[after(slots, at)] ?? null;
    const length = slot.workingSeconds * 1000;
    const day = opens[after(opens, at - WORKING_DAY * 1000)];
    if (day === undefined) return null;
    return day + Math.max(Math.floor((at - day) / length) + 1, 1) * length;
  }

  yearOf(financialYear: number): CalendarYear {
    const known = this.years.get(financialYear);
    if (known) return known;
    const made = this.makeYear(financialYear);
    this.years.set(financialYear, made);
    return made;
  }

  private makeYear(financialYear: number): CalendarYear {
    const first = firstDayOf(yearPeriod(financialYear));
    const end = firstDayOf(yearPeriod(financialYear + 1));
    const working: Day[] = [];
    for (let day = first; day < end; day = addDays(day, 1)) {
      if (isWorkingDay(day, this.holidays)) working.push(day);
    }
    const mondays: Day[] = [];
    for (let day = firstMonday(first); day < end; day = addDays(day, 7)) mondays.push(day);
    const days = working.map((day) => londonInstant(day, 6));
    const weeks = mondays.map((monday) => this.workingDayFrom(monday)).map((day) => londonInstant(day, 6));
    return {
      opens: working.map((day) => londonInstant(day, 8)),
      long: new Map<SlotName, readonly number[]>([
        ["1d", days],
        ["2d", everyNth(days, 2)],
        ["7d", weeks],
        ["14d", everyNth(weeks, 2)],
        ["28d", everyNth(weeks, 4)],
      ]),
    };
  }

  /** A Monday that is a holiday moves to the next working day, so that long slots fall on short ones. */
  private workingDayFrom(monday: Day): Day {
    let day = monday;
    while (!isWorkingDay(day, this.holidays)) day = addDays(day, 1);
    return day;
  }
}

const calendars = new WeakMap<ReadonlySet<Day>, Calendar>();

function calendarOf(holidays: ReadonlySet<Day>): Calendar {
  const known = calendars.get(holidays);
  if (known) return known;
  const made = new Calendar(holidays);
  calendars.set(holidays, made);
  return made;
}

/**
 * Every nth from the first. The count starts again each April; a last one less than n before that is left out, so
 * that two slots are never closer than the slot is long.
 */
function everyNth(all: readonly number[], n: number): number[] {
  return all.filter((_, index) => index % n === 0 && all.length - index >= n);
}

/** Index of the first instant after `at`, in instants that rise. */
function after(instants: readonly number[], at: number): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function yearPeriod(financialYear: number): Period {
  return { type: "year", financialYear, index: 0 };
}

function firstMonday(from: Day): Day {
  const weekday = new Date(`${from}T00:00:00Z`).getUTCDay();
  return addDays(from, (8 - weekday) % 7);
}

const londonHour = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  hour: "2-digit",
  hourCycle: "h23",
});

/** The instant of a full hour of a day in London. Clocks there change before 06:00, so noon tells the whole day. */
function londonInstant(day: Day, hour: number): number {
  const noon = Date.parse(`${day}T12:00:00Z`);
  return noon + (hour - Number(londonHour.format(noon))) * 3_600_000;
}
