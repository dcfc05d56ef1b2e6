/** What search engines may look at: open figures and nothing else. */
import type { MetadataRoute } from "next";

export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: "*", allow: ["/open", "/_next/static/"], disallow: ["/", "/open/embed"] } };
}
