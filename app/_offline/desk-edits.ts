/**
 * Changes of details that a desk page could not send: where this browser is a device of whoever is signed in, they go
 * the way of the field screens, sealed here and sent by itself. Loads nothing of the device until it is asked.
 */
import type { EditClientInput } from "../../server/domain/profile-edit";
import type { ItemWords } from "./device-state";

/** Opens the device while there is signal to open it with: somebody has begun to change something. */
export async function openDevice(): Promise<void> {
  const { unsentHere } = await import("./leave");
  const { owner } = await unsentHere();
  if (owner === null) return;
  const { pageDevice } = await import("./device");
  pageDevice().begin();
}

/**
 * Keeps a change that had no answer. `sent` is done once the server has it, under the same id, so that it has one
 * effect even if the first try had arrived. Null: this browser keeps nothing for them.
 */
export async function keepEdit(
  edit: EditClientInput,
  words: ItemWords,
): Promise<{ sent: Promise<void> } | null> {
  const { pageDevice } = await import("./device");
  const device = pageDevice();
  const answer = await device.verbs.saveProfile(edit, words);
  if (!answer.ok) return null;
  const isSent = () => {
    const state = device.state();
    const item = state.status === "open" && state.items.find(({ id }) => id === edit.editId);
    return item && (item.state === "sent" || item.state === "needs-you");
  };
  const sent = new Promise<void>((resolve) => {
    const stop = device.subscribe(() => {
      if (!isSent()) return;
      stop();
      resolve();
    });
  });
  return { sent };
}
