/** The address of the page of change: what it says is shown, what it does not say comes from the event or the patch. */

import { describe, expect, test } from "vitest";
import type { EventMarker } from "../../../server/domain/event-marker";
import { changed, changeQuery, readChangeView } from "./view";

const LAD = 200_001;
const options = { patch: [{ area: LAD, level: "lad" as const, code: "E01", name: "Testshire" }] };

const event: EventMarker = {
  ...{ id: "e1", kind: "other", title: "It opens", happensOn: "2026-06-04", reason: "", comparison: [] },
  areas: [
    { area: 10, code: "ZZ1 1", name: "ZZ1 1" },
    { area: 11, code: "ZZ1 2", name: "ZZ1 2" },
  ],
  expected: [{ node: "BAS-01", label: "No food", direction: "fall" }],
  ...{ organisationName: "Council", writtenOn: "2026-05-01", figuresUntil: null, writtenBefore: true },
  ...{ withdrawnOn: null, notes: [], isOurs: true },
};
const read = (address: string) => readChangeView(new URLSearchParams(address), options, [event]);

describe("an address", () => {
  test("that says nothing shows the reader's own patch, by the shortest period", () => {
    expect(read("")).toEqual({
      ...{ shows: "place", node: "*", level: "lad", areas: [LAD], type: "month", event: null },
    });
  });

  test("with an event shows its areas and what was expected", () => {
    expect(read("event=e1")).toMatchObject({
      node: "BAS-01",
      level: "sector",
      areas: [10, 11],
      type: "quarter",
    });
  });

  test("is read as it was written", () => {
    const view = read("shows=areas&need=HOU&level=district&areas=100001&type=quarter&event=e1");
    expect(read(changeQuery(view).slice(1))).toEqual(view);
    expect(view).toMatchObject({ shows: "areas", node: "HOU", areas: [100_001] });
  });

  test("with what there is not falls back instead of failing", () => {
    expect(read("need=NONE&level=street&areas=x,1,-4,999999&type=week&event=none&shows=all")).toEqual(
      read(""),
    );
    expect(read("level=sector&areas=10&type=month").type).toBe("quarter");
  });
});

describe("a choice", () => {
  test("of an event brings its areas and its need", () => {
    expect(changed(read(""), { event: "e1" }, [event])).toMatchObject({
      ...{ event: "e1", level: "sector", areas: [10, 11], node: "BAS-01", type: "quarter" },
    });
  });

  test("of another level leaves the areas, which are of the old one, and takes its shortest period", () => {
    expect(changed(read("event=e1"), { level: "district" }, [event])).toMatchObject({
      areas: [],
      type: "month",
    });
    expect(changed(read(""), { level: "sector" }, [event]).type).toBe("quarter");
  });
});
