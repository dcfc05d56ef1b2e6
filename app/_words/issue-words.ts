/** Issues in words: what one is called and how serious it is, said short. */
import { findNeed, type Severity } from "../../server/domain/needs";

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  low: "low",
  medium: "mid",
  high: "high",
  crisis: "crisis",
};

/** What an issue is called: its own label when the need is not listed. */
export function nameOf(need: string, label: string | null): string {
  return label || (findNeed(need)?.label ?? need);
}

export const whoseInWords = (ours: boolean) => (ours ? "Ours" : "Someone else’s");
