"use client";
/** The same record as a file for programs, and on paper. It has nobody in it. */
import { Button } from "@mantine/core";
import type { ShownProcessing } from "../../../../server/processing-record";
import { fileName, saveFile } from "../../../_ui/save-file";
import styles from "../desk.module.css";

export function TakeProcessing({ shown }: { shown: ShownProcessing }) {
  const save = () => {
    const file = new Blob([JSON.stringify(shown, null, 2)], { type: "application/json" });
    saveFile(file, fileName("json", "record of processing", shown.record.organisation));
  };
  return (
    <div className={`${styles["tags"]} no-print`}>
      <Button variant="default" size="sm" onClick={() => window.print()}>
        Print
      </Button>
      <Button variant="default" size="sm" onClick={save}>
        Save as a file (JSON)
      </Button>
    </div>
  );
}
