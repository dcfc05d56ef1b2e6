"use client";
import { Button } from "@mantine/core";
import { Icon } from "../../../_ui/icon";
import styles from "./person.module.css";

export function PrintButton() {
  return (
    <div className={`${styles["print"]} no-print`}>
      <Button
        variant="default"
        size="sm"
        leftSection={<Icon name="print" size={17} />}
        onClick={() => window.print()}
      >
        Print this record
      </Button>
    </div>
  );
}
