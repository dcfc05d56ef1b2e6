import { describe, expect, test } from "vitest";
import { type Closed, closedState } from "./closed";

const last = { name: "Amira Khan", waiting: 2 };
const waiting = { others: 1, everybody: 3 };
const door = (over: Partial<Closed>) =>
  closedState({ last, triesLeft: null, fault: { kind: "no-signal" }, canUnlock: false, waiting, ...over });
const signedOut = (reason: Extract<Closed["fault"], { kind: "signed-out" }>["reason"]) =>
  ({ kind: "signed-out", reason }) as const;

describe("A device that is closed", () => {
  test("shows whose work lies on it while there is no signal, with or without a code", () => {
    expect(door({})).toMatchObject({
      status: "locked",
      viewerName: "Amira Khan",
      hasCode: false,
      offline: true,
    });
    expect(door({ triesLeft: 7 })).toMatchObject({
      hasCode: true,
      triesLeft: 7,
      ownWaiting: 2,
      othersWaiting: 1,
    });
  });

  test("says that signing in needs signal when nothing was ever opened on it", () => {
    expect(door({ last: null })).toEqual({
      status: "signed-out",
      reason: "no-signal",
      othersWaiting: 3,
      wipedBecause: null,
    });
  });

  test.each(["expired", "not-signed-in"] as const)("opens by its code when the session is %s", (reason) => {
    expect(door({ fault: signedOut(reason), triesLeft: 10 })).toMatchObject({
      status: "locked",
      hasCode: true,
      canUnlockOnline: false,
    });
    expect(door({ fault: signedOut(reason) })).toMatchObject({ status: "signed-out", reason });
  });

  test("wants a new sign-in when the session was ended for a reason, code or not", () => {
    for (const reason of ["device-revoked", "somebody-else"] as const) {
      expect(door({ fault: signedOut(reason), triesLeft: 10 })).toMatchObject({
        status: "signed-out",
        reason,
      });
    }
  });

  test("offers to unlock a session that is locked, also where nothing was opened yet", () => {
    expect(door({ fault: signedOut("locked") })).toMatchObject({
      viewerName: "Amira Khan",
      canUnlockOnline: true,
    });
    expect(door({ fault: signedOut("locked"), last: null })).toMatchObject({
      status: "locked",
      viewerName: null,
      canUnlockOnline: true,
      othersWaiting: 3,
    });
    expect(door({ canUnlock: true })).toMatchObject({ canUnlockOnline: true });
  });

  test("tells a role without field screens that they are not for it", () => {
    const fault: Closed["fault"] = { kind: "refused", code: "FORBIDDEN", message: "Not yours", fields: {} };
    expect(door({ fault })).toMatchObject({ status: "signed-out", reason: "not-here" });
  });
});
