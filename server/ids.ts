/**
 * Ids that sort by time: UUID version 7 (RFC 9562). Devices make the ids of clients, contacts and issues
 * before anything is shown; the server makes them the same way for what it creates itself.
 */

import { randomBytes } from "node:crypto";

/** A new UUID v7 for an instant in milliseconds since 1970. */
export function uuidv7(at: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
