/**
 * Ends this session and goes to sign-in, with what the session's own routes ask for and nothing more. The whole page
 * is loaded anew, so nothing of anybody stays in memory.
 */
export async function signOutHere(): Promise<void> {
  const { csrfToken }: { csrfToken: string } = await (await fetch("/api/auth/csrf")).json();
  await fetch("/api/auth/signout", { method: "POST", body: new URLSearchParams({ csrfToken }) });
  window.location.assign("/sign-in");
}
