/**
 * A step of signing in, with what the session's own routes ask for and nothing more. What comes of it is a cookie that
 * no script can read.
 */

/** What a step may be refused for; "wrong" where nothing else was said. See server/auth.ts. */
export type Refusal = "wrong" | "throttled" | "blocked" | "over" | "organisation";

const REFUSALS: readonly Refusal[] = ["throttled", "blocked", "over", "organisation"];

/** Takes a step of signing in; null when it was taken. Throws when there is no answer. */
export async function signInBy(
  step: "credentials" | "second-factor" | "demo",
  given: Readonly<Record<string, string>>,
): Promise<Refusal | null> {
  const { csrfToken }: { csrfToken: string } = await (await fetch("/api/auth/csrf")).json();
  const answer = await fetch(`/api/auth/callback/${step}`, {
    method: "POST",
    body: new URLSearchParams({ ...given, csrfToken, callbackUrl: "/", json: "true" }),
  });
  const { url }: { url: string } = await answer.json();
  const error = new URL(url, window.location.href).searchParams.get("error");
  if (answer.ok && error === null) return null;
  return REFUSALS.find((refusal) => refusal === error) ?? "wrong";
}
