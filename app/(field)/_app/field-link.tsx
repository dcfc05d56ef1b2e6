"use client";
/**
 * A link of a field screen. To another field screen it changes the address in place; to anything else it is an
 * ordinary link, which loads a page, and which is held back while there is no signal.
 */
import type { ComponentPropsWithRef, MouseEvent } from "react";
import { readAddress } from "./address";
import { useHoldBack } from "./held-back";
import { go } from "./location";

export function FieldLink({
  href,
  onClick,
  ...rest
}: Omit<ComponentPropsWithRef<"a">, "href"> & { href: string }) {
  const holdBack = useHoldBack();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented) return;
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    const url = new URL(href, window.location.href);
    if (readAddress(url.pathname + url.search)) {
      if (!isPlain) return;
      event.preventDefault();
      go(href);
    } else if (holdBack(url.pathname)) {
      event.preventDefault();
    }
  };
  return <a {...rest} href={href} onClick={follow} />;
}
