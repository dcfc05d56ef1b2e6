/**
 * Changes of details that a desk page could not send: where this browser is a device of whoever is signed in, they go
 * the way of the field screens, sealed here and sent by itself. Loads nothing of the device until it is asked.
 */
import type { EditClientInput } from "../../server/domain/profile-edit";
import type { DeviceState, ItemWords } from "./device-state";

/** Opens the device while there is signal to open it with: somebody has begun to change something. */
export async function openDevice(): Promise<void> {
  const { unsentHere } = await import("./leave");
  const { owner } = await unsentHere();
  if (owner === null) return;
  const { pageDevice } = await import("./device");
  pageDevice().begin();
}

/**
 * What became of a change that was kept. sent: the server has it. two-values: it has both this and another value, and
 * somebody chooses. refused: it lies in the outbox until it is put right; `reason` in the words of whoever answered.
 * undone: taken back before it was sent. gone: no longer here, removed from the outbox or sent by another tab.
 */
export type EditEnd =
  | { as: "sent" | "two-values" | "undone" | "gone" }
  | { as: "refused"; reason: string | null };

/**
 * Keeps a change that had no answer. `ended` is done once it waits no more: sent under the same id, so that it has one
 * effect even if the first try had arrived, or not to be sent. Null: this browser keeps nothing for them.
 */
export async function keepEdit(
  edit: EditClientInput,
  words: ItemWords,
): Promise<{ ended: Promise<EditEnd> } | null> {
  const { pageDevice } = await import("./device");
  const device = pageDevice();
  const answer = await device.verbs.saveProfile(edit, words);
  return answer.ok ? { ended: endOf(device, edit.editId) } : null;
}

interface Watched {
  state(): DeviceState;
  subscribe(listener: () => void): () => void;
}

/** Waits until the change of this id, which was saved on the device, waits no more. */
export function endOf(device: Watched, editId: string): Promise<EditEnd> {
  return new Promise((resolve) => {
    const look = () => {
      const end = endIn(device.state(), editId);
      if (!end) return;
      stop();
      resolve(end);
    };
    const stop = device.subscribe(look);
    look();
  });
}

function endIn(state: DeviceState, editId: string): EditEnd | null {
  // Behind a closed door nothing is sent and nothing is lost.
  if (state.status !== "open") return null;
  const item = state.items.find(({ id }) => id === editId);
  if (!item) return { as: "gone" };
  switch (item.state) {
    case "sent":
      return { as: "sent" };
    case "needs-you":
      return { as: "two-values" };
    case "refused":
      return { as: "refused", reason: item.reason };
    case "undone":
      return { as: "undone" };
    case "held":
    case "waiting":
    case "sending":
      return null;
  }
}
