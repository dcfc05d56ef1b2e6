/**
 * Next's configuration. Headers that never vary are set here, for every path, so that /api has them too;
 * the content security policy carries a nonce for each request and is set in proxy.ts.
 */

const securityHeaders = [
  { key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), payment=(), usb=(), browsing-topics=(), geolocation=(self)",
  },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

/** Every page but the one that is made to stand in others (`frame-ancestors` of proxy.ts says the same). */
const NOT_EMBEDDED = "/((?!open/embed$).*)";

/** @type {import("next").NextConfig} */
export default {
  distDir: ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // `npm test` checks the types of everything; a start need not wait for them again.
  typescript: { ignoreBuildErrors: true },
  // Native or dynamically loading packages: Node loads them as they are.
  serverExternalPackages: ["postgres", "@node-rs/argon2", "pg", "graphile-worker", "pino"],
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    { source: NOT_EMBEDDED, headers: [{ key: "X-Frame-Options", value: "DENY" }] },
    // Open data is for programs and pages of anybody.
    {
      source: "/api/open/:path*",
      headers: [{ key: "Cross-Origin-Resource-Policy", value: "cross-origin" }],
    },
    // A new version of the service worker is found as soon as there is one.
    { source: "/sw.js", headers: [{ key: "Cache-Control", value: "no-cache" }] },
  ],
};
