/**
 * The frame of every page: language, our own font, tokens, Mantine with the request's nonce, and the wires to
 * the server. Pages are made for the person who asks, so nothing here is cached between people.
 */
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { TrpcProvider } from "./_trpc/client";
import { Providers } from "./_ui/providers";
import "./_ui/mantine";
import "./globals.css";

const hyperlegible = localFont({
  src: "../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
  weight: "200 800",
  display: "swap",
  variable: "--font-hyperlegible",
});

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

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <html lang="en-GB" className={hyperlegible.variable} data-mantine-color-scheme="light">
      <body>
        <a href="#main" className="skip-link">
          Skip to the main content
        </a>
        <TrpcProvider>
          <Providers nonce={nonce}>{children}</Providers>
        </TrpcProvider>
      </body>
    </html>
  );
}
