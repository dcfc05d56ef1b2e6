"use client";
/**
 * Mantine for every screen. Its own light and dark are not used: each of its colours points at a token, and the
 * tokens follow the reader's preference in CSS alone, so there is no script before the first paint and no flash.
 */
import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { theme, tokensForMantine } from "./theme";

export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={tokensForMantine}
      forceColorScheme="light"
      getStyleNonce={() => nonce}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
