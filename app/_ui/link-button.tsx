"use client";
/** A link that looks like a button, for pages that are made on the server. */
import { Button, type ButtonProps } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";

export function LinkButton({ href, children, ...look }: ButtonProps & { href: string; children: ReactNode }) {
  return (
    <Button component={Link} href={href} {...look}>
      {children}
    </Button>
  );
}
