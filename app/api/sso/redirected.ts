/** A way on that is kept nowhere, with the cookies that go along. */
export function redirected(to: string, ...cookies: readonly string[]): Response {
  const headers = new Headers({
    Location: to,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
  });
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  return new Response(null, { status: 303, headers });
}
