"use client";
/**
 * A link of a field screen. To another field screen it changes the address in place; to anything else it is an
 * ordinary link, which loads a page.
 */
import type { ComponentPropsWithRef, MouseEvent } from "react";
import { readAddress } from "./address";
import { go } from "./location";

export function FieldLink({
  href,
  onClick,
  ...rest
}: Omit<ComponentPropsWithRef<"a">, "href"> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    const url = new URL(href, window.location.href);
    if (event.defaultPrevented || !isPlain || !readAddress(url.pathname + url.search)) return;
    event.preventDefault();
    go(href);
  };
  return <a {...rest} href={href} onClick={follow} />;
}
