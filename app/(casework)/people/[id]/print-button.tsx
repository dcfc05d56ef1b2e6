"use client";
import { Button } from "@mantine/core";
import { Icon } from "../../../_ui/icon";

/** Opens the browser's own way to paper. */
export function PrintButton() {
  return (
    <Button leftSection={<Icon name="print" size={17} />} onClick={() => window.print()}>
      Print
    </Button>
  );
}
