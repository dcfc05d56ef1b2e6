/** What ended with a yes to sharing, or with an objection to it, said to whoever wrote it down. */
import type { EndedSharing } from "../../server/sharing-end";

/** Whom they have to tell themselves comes last. Null: it was written down before. */
export function endedInWords(ended: EndedSharing | null): string {
  const said = ["Sharing has stopped."];
  if (ended === null) return said.join(" ");
  const { takenBack, told, toTell } = ended;
  if (takenBack.length > 0) {
    said.push(
      takenBack.length === 1
        ? "One referral was taken back."
        : `${takenBack.length} referrals were taken back.`,
    );
  }
  if (told > 0) said.push(told === 1 ? "One service was told." : `${told} services were told.`);
  if (toTell.length > 0) said.push(`Tell them yourself: ${toTell.join(", ")}.`);
  return said.join(" ");
}
