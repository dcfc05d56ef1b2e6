"use client";
/**
 * Mantine for every screen. Its own light and dark are not used: each of its colours points at a token, and the
 * tokens follow the reader's preference in CSS alone, so there is no script before the first paint and no flash.
 */
import { MantineProvider } from "@mantine/core";
import { setNonce } from "get-nonce";
import { type ReactNode, useEffect, useState } from "react";
import { theme, tokensForMantine } from "./theme";

/**
 * The document keeps the policy, and the nonce, that it was loaded with, whichever pages the reader goes on to; a page
 * under another layout comes with a nonce of its own answer, which the policy does not know. Null on the server.
 */
function nonceOfDocument(): string | null {
  if (typeof document === "undefined") return null;
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce || null;
}

export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [first] = useState(() => nonceOfDocument() ?? nonce);
  // What keeps the page still behind a dialog puts in a style of its own, and asks for the nonce here.
  useEffect(() => setNonce(first), [first]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={tokensForMantine}
      forceColorScheme="light"
      getStyleNonce={() => first}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
