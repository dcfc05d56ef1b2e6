/**
 * What is marked in an open list is what Enter chooses. Mantine keeps the place of the marked option beside the list,
 * and looks it up anew a moment after the list opens: where the option in force is not among those found by then, it
 * forgets the place and leaves the mark, and Enter does nothing. A busy page makes the moment long enough to type in.
 */

import type { KeyboardEvent } from "react";

/** For `onKeyDownCapture` round a field with a list: before the field itself hears of the key. */
export const chooseMarked = (event: KeyboardEvent<HTMLElement>): void => choose(event, MARKED);

/** The same where the list comes late, so that nothing in it is marked: Enter then takes the first. */
export const chooseMarkedOrFirst = (event: KeyboardEvent<HTMLElement>): void =>
  choose(event, MARKED, "[role=option]");

const MARKED = "[data-combobox-selected]";

/** Takes what the first of these selectors finds in the open list. */
function choose(event: KeyboardEvent<HTMLElement>, ...selectors: readonly string[]): void {
  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || field.getAttribute("aria-expanded") !== "true") return;
  const list = document.getElementById(field.getAttribute("aria-controls") ?? "");
  const marked = selectors
    .map((selector) => list?.querySelector<HTMLElement>(selector))
    .find((found) => found != null);
  if (!marked) return;
  event.preventDefault();
  event.stopPropagation();
  marked.click();
}
