/** Tells the server that this session is over, with what the session's own routes ask for and nothing more. */
export async function endSession(): Promise<void> {
  const { csrfToken }: { csrfToken: string } = await (await fetch("/api/auth/csrf")).json();
  await fetch("/api/auth/signout", { method: "POST", body: new URLSearchParams({ csrfToken }) });
}
