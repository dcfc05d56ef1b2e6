/**
 * Setting up the second step, right after the first sign-in, or with another phone. The key is in a picture for the
 * phone's camera and in words for whoever cannot use one; nothing but this page carries it.
 */
import { TRPCError } from "@trpc/server";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { createCaller } from "../../../../server/routers";
import type { SetUp } from "../../../../server/second-factor";
import { Door } from "../../../_ui/door";
import form from "../../../_ui/form.module.css";
import { pageContext, wayIn } from "../../../_ui/viewer";
import { QrCode } from "./qr-code";
import styles from "./set-up.module.css";
import { SetUpForm } from "./set-up-form";

export const metadata: Metadata = { title: "Set up your second step" };

export default async function SetUpPage() {
  const ctx = await pageContext();
  const isAnother = ctx.caller.session !== null;
  if (!isAnother && ctx.caller.waiting?.for !== "enrolment") redirect(await wayIn(ctx.caller));
  const setUp = await begin(ctx);
  if (!setUp) redirect("/account");
  return (
    <Door>
      <SetUpForm isAnother={isAnother}>
        <h1 className={form["title"]}>{isAnother ? "Set up another phone" : "Set up your second step"}</h1>
        <p className={form["lead"]}>
          When you sign in, we ask for a code from your phone after your password. A stolen password alone
          then opens nobody’s record.
        </p>
        <ol className={styles["steps"]}>
          <li>
            <h2>Open an authenticator app on your phone</h2>
            <p>
              Microsoft Authenticator, Google Authenticator, a password manager: any of them will do. If you
              have none, install one first. It needs no signal to make codes.
            </p>
          </li>
          <li>
            <h2>Add Common Need to it</h2>
            <p>Choose to add an account, then scan this picture.</p>
            <QrCode
              text={setUp.uri}
              label="Picture for your authenticator app. The same key stands below, to type."
            />
            <p>
              <a href={setUp.uri}>Open the app on this phone</a>, or type this key:
            </p>
            <p className={styles["key"]}>{setUp.key}</p>
          </li>
        </ol>
      </SetUpForm>
    </Door>
  );
}

/** The key to show; null when there is nothing to set up. */
async function begin(ctx: Awaited<ReturnType<typeof pageContext>>): Promise<SetUp | null> {
  try {
    return await createCaller(ctx).secondFactor.begin();
  } catch (error) {
    if (error instanceof TRPCError && error.code === "CONFLICT") return null;
    throw error;
  }
}
