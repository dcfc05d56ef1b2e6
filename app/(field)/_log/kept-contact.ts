/** One contact as it was logged, from the server: to be put right. */
import type { KeptContact } from "../../../server/domain/profile";
import { isCallError, makeClient } from "../../_trpc/wire";

export async function readContact(id: string): Promise<KeptContact | "not-found" | "no-signal"> {
  try {
    return await makeClient().contacts.get.query({ id });
  } catch (error) {
    if (isCallError(error) && error.data?.code === "NOT_FOUND") return "not-found";
    return "no-signal";
  }
}
