/** The hash by which bytes that were kept or handed out are known again. */

import { createHash } from "node:crypto";

/** SHA-256 of bytes, or of a text as UTF-8, in lower-case hexadecimal digits. */
export const sha256Of = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");
