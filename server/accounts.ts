/** What an operator does about an account, whatever it is a member of: shut it out, or hand it a new link. */

import { record } from "./audit";
import { type Ctx, inTransaction } from "./context";
import { NotFound } from "./domain/errors";
import { makePasswordLink } from "./password-links";
import { endSessions } from "./sessions";

/** Shuts an account out and ends its sessions; gives back how many. Throws NotFound when nobody has the address. */
export function disableAccount(ctx: Ctx, email: string): Promise<{ ended: number }> {
  return inTransaction(
    ctx,
    async (tx) => {
      const [account] = await tx.db<{ id: string }[]>`
        update casework.account set disabled_at = coalesce(disabled_at, now()) where email = ${email} returning id`;
      if (!account) throw new NotFound("This account");
      const ended = await endSessions(tx.db, account.id);
      await tx.db`delete from casework.password_link where account_id = ${account.id} and used_at is null`;
      await record(tx, "account.disable", {
        subjects: [{ kind: "account", id: account.id }],
        detail: { ended, operator: true },
      });
      return { ended };
    },
    "operator",
  );
}

/** Lets an account in again and gives it a link to set a new password. Throws NotFound when nobody has the address. */
export function readmitAccount(ctx: Ctx, email: string): Promise<{ link: string }> {
  return inTransaction(
    ctx,
    async (tx) => {
      const [account] = await tx.db<{ id: string }[]>`
        update casework.account set disabled_at = null where email = ${email} returning id`;
      if (!account) throw new NotFound("This account");
      const link = await makePasswordLink(tx.db, account.id, "reset");
      await record(tx, "account.readmit", {
        subjects: [{ kind: "account", id: account.id }],
        detail: { operator: true },
      });
      return { link };
    },
    "operator",
  );
}
