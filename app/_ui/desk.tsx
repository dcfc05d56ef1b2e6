/**
 * What a desk screen stands on: Mantine with the request's nonce, and the wires to the server. Field screens do
 * without both, so that a slow phone has little to fetch (app/(field)).
 */
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { TrpcProvider } from "../_trpc/client";
import { Providers } from "./providers";
import "./mantine";

export async function Desk({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <TrpcProvider>
      <Providers nonce={nonce}>{children}</Providers>
    </TrpcProvider>
  );
}
