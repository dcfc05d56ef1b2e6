/**
 * The frame of every page: language, our own font and the tokens. What desk screens need more (_ui/desk.tsx) is
 * no part of it. Pages are made for the person who asks, so nothing here is cached between people.
 */
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";
import "./globals.css";

const hyperlegible = localFont({
  src: "../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
  weight: "200 800",
  display: "swap",
  variable: "--font-hyperlegible",
});

/** Made for each request: the policy of its answer names a nonce, which every script must carry. */
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Common Need", template: "%s - Common Need" },
  description: "What people need, recorded once and counted once.",
  robots: { index: false, follow: false },
  referrer: "same-origin",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#F7F5F0" },
    { media: "(prefers-color-scheme: dark)", color: "#131715" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en-GB" className={hyperlegible.variable} data-mantine-color-scheme="light">
      <body>
        <a href="#main" className="skip-link">
          Skip to the main content
        </a>
        {children}
      </body>
    </html>
  );
}
