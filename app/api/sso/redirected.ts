/** Ways on that are kept nowhere, with the cookies that go along. */

const PRIVATE = { "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" } as const;

/** Sends a browser on. */
export function redirected(to: string, ...cookies: readonly string[]): Response {
  return withCookies(new Response(null, { status: 303, headers: { Location: to, ...PRIVATE } }), cookies);
}

/**
 * Leads a browser that sent a form on to another site: by a page, because a form of ours may lead to our own pages only,
 * and browsers hold its redirects to that, too (Content Security Policy, form-action).
 */
export function ledOn(to: string, ...cookies: readonly string[]): Response {
  const address = to.replaceAll(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const page = `<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="0; url=${address}">
<title>Going to your organisation</title>
<p><a href="${address}">Go on to your organisation’s sign-in page</a></p>
</html>
`;
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    ...PRIVATE,
  };
  return withCookies(new Response(page, { headers }), cookies);
}

function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append("Set-Cookie", cookie);
  return response;
}
