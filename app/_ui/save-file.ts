/** Hands a file that was made on this page to the person, as a download. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Some browsers read the file only after the click has been answered.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A name for a file from words: "Money and debt, July 2026" and "png" give "money-and-debt-july-2026.png". */
export function fileName(ending: string, ...words: readonly string[]): string {
  const name = words
    .join(" ")
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "-")
    .replace(/^-|-$/g, "");
  return `${name}.${ending}`;
}
