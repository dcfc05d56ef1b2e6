/**
 * The code of a device: set while there is signal, because the server hands over the key once more for it, and tried
 * at most ten times. Each try is counted before it is judged.
 */
import { browserInWords } from "../../server/domain/browser";
import type { DeviceVerbs } from "./device-state";
import type { OpenWork } from "./open-work";
import type { Profile, SharedStore } from "./store";
import { problemOfCode, textToBytes, unwrapKey, type Vault, wrapKey } from "./vault";

/** Who the code is for: it opens nothing on another device, and nothing of another account. */
const ownerOf = (accountId: string, deviceId: string) => `${accountId}|${deviceId}`;

/** The vault that a code opens, or how many tries are left; null tries: there is no code here. */
export async function openByCode(
  shared: SharedStore,
  profile: Profile,
  code: string,
): Promise<{ vault: Vault } | { triesLeft: number | null }> {
  const { accountId } = profile;
  const tried = await shared.takeTry(accountId);
  if (!tried) return { triesLeft: null };
  const { id } = await shared.device();
  const vault = await unwrapKey(tried.wrapped, code, ownerOf(accountId, id));
  if (vault) {
    await shared.forgiveTries(accountId);
    return { vault };
  }
  if (tried.left === 0) await shared.forgetCode(accountId);
  return { triesLeft: tried.left };
}

const NO_SIGNAL = "There is no signal. Set the code when there is.";

/** Sets the code of the open account. */
export async function setCode(
  shared: SharedStore,
  work: OpenWork | null,
  code: string,
): ReturnType<DeviceVerbs["setCode"]> {
  const problem = problemOfCode(code);
  if (problem) return { ok: false, reason: "weak", problem };
  if (!work) return { ok: false, reason: "no-signal", problem: NO_SIGNAL };
  const { id: deviceId } = await shared.device();
  const name = browserInWords(navigator.userAgent);
  const opened = await work.session.ask((client) => client.device.open.mutate({ deviceId, name }));
  if ("fault" in opened) return { ok: false, reason: "no-signal", problem: NO_SIGNAL };
  const { accountId } = work.profile;
  try {
    await shared.setCode(
      accountId,
      await wrapKey(textToBytes(opened.ok.key), code, ownerOf(accountId, deviceId)),
    );
  } catch {
    return { ok: false, reason: "storage", problem: "This device has no room for it." };
  }
  work.setHasCode(true);
  return { ok: true };
}
