/**
 * What an operator does about an account, whatever it is a member of: shut it out, hand it a new link, or take away a
 * second factor whose phone and codes are lost.
 */

import { record } from "./audit";
import { type Ctx, inTransaction, type TxCtx } from "./context";
import { revokeDevices } from "./devices";
import { NotFound } from "./domain/errors";
import { hasMailServer, pageAddress, sendMail } from "./mail";
import { makePasswordLink } from "./password-links";
import { removeSecondFactor } from "./second-factor";
import { endSessions } from "./sessions";

/** Shuts an account out and ends its sessions; gives back how many. Throws NotFound when nobody has the address. */
export function disableAccount(ctx: Ctx, email: string): Promise<{ ended: number }> {
  return inTransaction(
    ctx,
    async (tx) => {
      const [account] = await tx.db<{ id: string }[]>`
        update casework.account set disabled_at = coalesce(disabled_at, now()) where email = ${email} returning id`;
      if (!account) throw new NotFound("This account");
      await revokeDevices(tx.db, account.id);
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

/**
 * Takes an account's second factor away and ends its sessions; gives back how many. At the next sign-in its owner sets
 * up a new one, and is told by mail, in case it was not they who asked. Throws NotFound when nobody has the address.
 */
export async function resetSecondFactor(ctx: Ctx, email: string): Promise<{ ended: number }> {
  const ended = await inTransaction(
    ctx,
    async (tx) => {
      const [account] = await tx.db<{ id: string }[]>`select id from casework.account where email = ${email}`;
      if (!account) throw new NotFound("This account");
      return resetSecondFactorOf(tx, account.id, { operator: true });
    },
    "operator",
  );
  await tellOfReset(email);
  return { ended };
}

/** The same inside a transaction that may change the account. */
export async function resetSecondFactorOf(
  tx: TxCtx<Ctx>,
  accountId: string,
  detail: Readonly<Record<string, boolean>>,
): Promise<number> {
  await removeSecondFactor(tx.db, accountId);
  const ended = await endSessions(tx.db, accountId);
  await record(tx, "second-factor.reset", {
    subjects: [{ kind: "account", id: accountId }],
    detail: { ...detail, ended },
  });
  return ended;
}

/** Tells the owner of an account, where there is a mail server to do it. */
export async function tellOfReset(email: string): Promise<void> {
  if (!hasMailServer()) return;
  await sendMail({
    to: email,
    kind: "notice of a reset",
    subject: "Your second step at sign-in was reset",
    text:
      "The code that you give after your password was reset, because your phone was said to be lost. If you did not " +
      "ask for this, tell your manager at once. Otherwise sign in and set it up again:",
    link: pageAddress("/sign-in"),
  });
}
