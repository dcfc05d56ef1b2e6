/**
 * Signing in by e-mail address and password; the code is asked for on a page of its own. In a demo installation
 * everybody in it is made up, and each of the people to try it as is one press away.
 */
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { createCaller } from "../../../server/routers";
import { Door } from "../../_ui/door";
import { homeOf, pageContext } from "../../_ui/viewer";
import { DemoPeople } from "./demo-people";
import styles from "./sign-in.module.css";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

const BECAUSE: Readonly<Record<string, string>> = {
  expired: "You were signed out because 12 hours had passed. Sign in again to go on.",
  ended: "Your session was ended, from another device or by your manager.",
  "device-revoked": "This device was shut out, by you or by your manager. Sign in again to use it.",
  "organisation-unreached": "Your organisation’s sign-in page did not answer. Try again in a few minutes.",
  "organisation-refused": "That sign-in was not finished, or took too long. Try again.",
  "organisation-throttled": "Too many attempts. Wait five minutes, then try again.",
  "organisation-not-offered": "This organisation does not sign in that way at present. Use your password.",
  "organisation-not-a-member":
    "Your organisation knows you, but your membership here has ended. Ask your manager.",
  "password-set": "Your password is set. Sign in with it.",
};

interface SignInPageProps {
  /** another: somebody else wants to sign in here. */
  searchParams: Promise<{ because?: string | string[]; another?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const [ctx, { because, another }] = await Promise.all([pageContext(), searchParams]);
  if (another === undefined) {
    if (ctx.actor) redirect(homeOf(ctx.actor.roles));
    if (ctx.caller.signedOut === "second-factor") redirect("/second-factor");
  }
  const { session } = createCaller(ctx);
  const [people, offered] = await Promise.all([session.demoAccounts(), session.offeredSignIns()]);
  const reason = typeof because === "string" ? BECAUSE[because] : undefined;
  const isDemo = people.length > 0;
  return (
    <Door wide={isDemo}>
      <div className={styles["halves"]} data-demo={isDemo || undefined}>
        {isDemo && <DemoPeople people={people} />}
        <SignInForm reason={reason} isDemo={isDemo} atOrganisation={offered.length > 0} />
      </div>
    </Door>
  );
}
