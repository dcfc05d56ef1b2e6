/** Somebody with something in every room of one organisation, made by the product itself: for tests of what is held. */

import { addAction } from "./actions";
import { editClient } from "./client-edits";
import { closeClient, reopenClient } from "./closing";
import { recordConsent } from "./consents";
import { logContacts } from "./contacts";
import { addActionSchema } from "./domain/action";
import { closeClientSchema, reopenClientSchema } from "./domain/closing";
import { recordConsentSchema } from "./domain/consent-input";
import { recordStoryConsentSchema, saveStorySchema } from "./domain/impact/story";
import { addInstrumentSchema, recordScoreSchema } from "./domain/instrument";
import { dayOf } from "./domain/period";
import { editClientSchema } from "./domain/profile-edit";
import { sendReferralSchema } from "./domain/referral-input";
import { uuidv7 } from "./ids";
import { addInstrument, recordScore } from "./instruments";
import { assignClient } from "./reassignment";
import { sendReferral, stepReferral, takeOn } from "./referrals";
import { recordStoryConsent, saveStory } from "./stories";
import { aClient, aContact, anEntry, type Team } from "./testing-casework";

const today = dayOf(new Date());

/** A change of the phone number, as a device sends it. */
export const edited = (clientId: string, from: string | null, to: string) =>
  editClientSchema.parse({
    id: clientId,
    editId: uuidv7(),
    changes: [{ field: "phone", from, to }],
  });

/** Somebody of the first team with something in every room, referred to the second. Gives their client id. */
export async function arrangeWholeRecord(advice: Team, housing: Team): Promise<string> {
  const entries = [anEntry({ ours: false }), anEntry({ need: "BAS-01" })];
  const identifiers = [{ kind: "nhs-number" as const, value: "999 000 0018" }];
  const contact = aContact(advice, { newClient: aClient({ phone: "0191 111", identifiers }), entries });
  const { clientId } = contact;
  const [stored] = await logContacts(advice.ctx, [contact]);
  if (stored?.outcome !== "stored") throw new Error("The contact was not stored");
  const { memberId } = advice.ctx.actor;
  await assignClient(advice.ctx, { id: uuidv7(), clientId, to: memberId });
  await addAction(
    advice.ctx,
    addActionSchema.parse({ id: uuidv7(), clientId, title: "Ring the landlord", dueOn: null, memberId }),
  );
  const instrumentId = uuidv7();
  const scale = { id: instrumentId, name: `Scale ${instrumentId}`, lowest: 0, highest: 10, step: 1 };
  await addInstrument(advice.ctx, addInstrumentSchema.parse({ ...scale, direction: "higher-better" }));
  await recordScore(
    advice.ctx,
    recordScoreSchema.parse({ id: uuidv7(), instrumentId, clientId, scoredOn: today, score: 4 }),
  );
  await recordConsent(
    advice.ctx,
    recordConsentSchema.parse({ id: uuidv7(), clientId, answer: "given", answeredOn: today, how: "phone" }),
  );
  await editClient(advice.ctx, edited(clientId, "0191 000", "0191 222"));
  const referral = sendReferralSchema.parse({
    id: uuidv7(),
    clientId,
    to: { way: "platform", organisationId: housing.organisationId, serviceId: housing.serviceId },
    issues: [{ issueId: entries[0]?.issueId }],
    share: ["name"],
    consent: { answer: "given", how: "phone", on: today },
  });
  await sendReferral(advice.ctx, referral);
  const answer = { reason: null, words: null, outcomes: [], heardFrom: null };
  await stepReferral(housing.ctx, { id: referral.id, eventId: uuidv7(), step: "accepted", ...answer });
  await takeOn(housing.ctx, { id: referral.id, clientId: uuidv7(), known: false });
  const storyId = uuidv7();
  const words = "They had stopped opening the post. Now they know what they owe.";
  const who = "Somebody we helped";
  await saveStory(advice.ctx, saveStorySchema.parse({ id: storyId, clientId, words, who, from: 0 }));
  const no = { id: uuidv7(), storyId, audiences: [], answeredOn: today, untilOn: null, how: "phone" };
  await recordStoryConsent(advice.ctx, recordStoryConsentSchema.parse(no));
  const issues = entries.map(({ issueId }) => ({ issueId, end: "handed-on" }));
  await closeClient(
    advice.ctx,
    closeClientSchema.parse({
      id: uuidv7(),
      clientId,
      serviceId: advice.serviceId,
      because: "moved",
      issues,
    }),
  );
  await reopenClient(advice.ctx, reopenClientSchema.parse({ id: uuidv7(), clientId, because: "came-back" }));
  return clientId;
}
