/**
 * Two values of one detail, of which somebody must choose. The choice is the server's to take, so that nobody chooses
 * against another: it needs signal, and what waits here meanwhile stays as it is.
 */
import type { CarriedConflict } from "../../server/domain/take-along";
import { pauseOf } from "./calls";
import type { ChooseAnswer } from "./device-state";
import type { OpenWork } from "./open-work";

/** Ends a pair of values by a person's choice, and brings the device in step with it. */
export async function choose(
  work: OpenWork | null,
  { id, clientId, field }: CarriedConflict,
  which: "kept" | "proposed",
): Promise<ChooseAnswer> {
  if (!work) return { ok: false, reason: "locked" };
  const answer = await work.session.ask((client) =>
    client.clients.settle.mutate({ conflictId: id, choose: which }),
  );
  if ("fault" in answer) {
    const { fault } = answer;
    if (fault.kind === "refused") {
      await work.refresh();
      return { ok: false, reason: "taken", words: fault.message };
    }
    const pause = pauseOf(fault);
    return { ok: false, reason: pause === "other-account" ? "needs-sign-in" : pause };
  }
  await work.clearAnswered((of, name) => of !== clientId || name !== field);
  await work.refresh();
  return { ok: true };
}
