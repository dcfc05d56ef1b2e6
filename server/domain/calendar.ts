/**
 * A calendar of due actions as other programs read it (RFC 5545). It says on which day there is something to do, and
 * leads to the record for whoever may open it: no name, no words of the action.
 */

import { addDays, type Day } from "./period";

/** What a calendar is told of one action. */
export interface CalendarAction {
  /** Stays the same for as long as the action is there. */
  id: string;
  dueOn: Day;
  /** When it last changed. */
  changedAt: Date;
  /** Address of the record, by id. */
  link: string;
}

const SUMMARY = "Action for a client, open Common Need";
/** How often calendars are asked to look (RFC 7986). */
const REFRESH = "PT1H";

/** The calendar, in the order of its days. The same actions give the same text, whenever it is made. */
export function calendarText(actions: readonly CalendarAction[]): string {
  const ordered = [...actions].sort((a, b) => a.dueOn.localeCompare(b.dueOn) || a.id.localeCompare(b.id));
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Common Need//Actions//EN",
    "CALSCALE:GREGORIAN",
    `NAME:${textValue("Common Need actions")}`,
    `X-WR-CALNAME:${textValue("Common Need actions")}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${REFRESH}`,
    `X-PUBLISHED-TTL:${REFRESH}`,
    ...(ordered.length === 0 ? NOTHING : ordered.flatMap(eventLines)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

/** A calendar must hold some component (RFC 5545, 3.6); a time zone is one that shows nothing. */
const NOTHING: readonly string[] = [
  "BEGIN:VTIMEZONE",
  "TZID:Etc/UTC",
  "BEGIN:STANDARD",
  "DTSTART:19700101T000000",
  "TZOFFSETFROM:+0000",
  "TZOFFSETTO:+0000",
  "END:STANDARD",
  "END:VTIMEZONE",
];

function eventLines({ id, dueOn, changedAt, link }: CalendarAction): string[] {
  const changed = instantText(changedAt);
  return [
    "BEGIN:VEVENT",
    `UID:${id}@common-need`,
    // Without a METHOD this is when the entry was last revised (RFC 5545, 3.8.7.2).
    `DTSTAMP:${changed}`,
    `LAST-MODIFIED:${changed}`,
    `DTSTART;VALUE=DATE:${dayText(dueOn)}`,
    // The day after, which is not part of it.
    `DTEND;VALUE=DATE:${dayText(addDays(dueOn, 1))}`,
    `SUMMARY:${textValue(SUMMARY)}`,
    // Some calendars show a description and no address.
    `DESCRIPTION:${textValue(link)}`,
    `URL:${link}`,
    "CLASS:PRIVATE",
    // A thing to do takes no time out of a day that others look at to meet.
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

const dayText = (day: Day) => day.replaceAll("-", "");
const instantText = (instant: Date) => `${instant.toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;

/** Text as a property's value: backslash, semicolon, comma and line break are escaped (RFC 5545, 3.3.11). */
export function textValue(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n|\r|\n/g, "\\n");
}

/** Octets of one line, without its break (RFC 5545, 3.1). */
const LINE_OCTETS = 75;

/** A line folded to 75 octets, never inside a character. */
export function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = "";
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > LINE_OCTETS) {
      folded += "\r\n ";
      // The space that begins the next line is one of its octets.
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
