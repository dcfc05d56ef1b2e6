import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Entry } from "./ledger";
import { Sync } from "./sync";
import { runTrial } from "./sync-trial";
import type { Breakage } from "./trial-world";

const RUNS = 400;
/** Long enough that most lives have a dozen contacts and several troubles at once. */
const tapes = fc.array(fc.nat(9_999), { minLength: 200, maxLength: 800, size: "max" });

describe("Whatever is cut, lost, closed or full", () => {
  test(`the server ends with exactly what the user was told (${RUNS} random lives)`, async () => {
    await fc.assert(
      fc.asyncProperty(tapes, async (tape) => {
        expect((await runTrial(tape)).faults).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test.each<Breakage>([
    "new-id-each-try",
    "told-before-written",
    "sent-without-mark",
    "silence-is-consent",
    "blind-append",
    "nobody-checks-who",
  ])("and the trial notices when the engine is broken: %s", async (breakage) => {
    const outcome = await fc.check(
      fc.asyncProperty(tapes, async (tape) => (await runTrial(tape, breakage)).faults.length === 0),
      { numRuns: 3_000, endOnFailure: true },
    );
    expect(outcome.failed).toBe(true);
  });
});

describe("Somebody who waits for Save", () => {
  /** A tab on a disk, which notes what is asked of it. */
  function tabOn(disk: Entry[]) {
    const asked: string[] = [];
    const sync = new Sync({
      storage: {
        read: async (after) => {
          asked.push("read");
          return disk.filter(({ position }) => position > after);
        },
        append: async (events, after) => {
          asked.push("append");
          if (disk.length !== after) return "changed";
          const added = events.map((event, at) => ({ position: after + at + 1, event }));
          disk.push(...added);
          return added;
        },
        clear: async () => {},
      },
      send: async () => ({ kind: "no-signal" }),
      alone: async (work) => ({ ran: await work() }),
      elapsed: () => 0,
      random: () => 0,
      changed: () => {},
    });
    const save = (id: string) =>
      sync.change(() => [
        {
          kind: "added",
          work: { kind: "void", id, clientId: "c", contactId: "k", reason: "Undone", onlyIfStored: false },
          words: { personName: null, summary: "" },
          savedAt: "",
        },
      ]);
    return { asked, save, ids: () => [...sync.ledger.items.keys()] };
  }

  test("waits for one write and for nothing else", async () => {
    const tab = tabOn([]);
    expect(await tab.save("one")).toBe("done");
    expect(await tab.save("two")).toBe("done");
    expect(tab.asked).toEqual(["append", "append"]);
    expect(tab.ids()).toEqual(["one", "two"]);
  });

  test("has what another tab wrote meanwhile read before the next try", async () => {
    const disk: Entry[] = [];
    const [here, there] = [tabOn(disk), tabOn(disk)];
    await there.save("theirs");
    expect(await here.save("ours")).toBe("done");
    expect(here.asked).toEqual(["append", "read", "append"]);
    expect(here.ids()).toEqual(["theirs", "ours"]);
  });
});
