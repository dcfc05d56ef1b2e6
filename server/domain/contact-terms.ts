/**
 * The words and limits of a contact, without its schema: screens that must be light, on a slow phone, read these
 * alone. `contact.ts` has the schema and the rules.
 */

export const CHANNELS = [
  "face-to-face",
  "phone",
  "video",
  "message",
  "email",
  "letter",
  "visit",
  "other",
] as const;
export type Channel = (typeof CHANNELS)[number];
export const CHANNEL_LABELS: Readonly<Record<Channel, string>> = {
  "face-to-face": "Face to face",
  phone: "Phone",
  video: "Video",
  message: "Message",
  email: "Email",
  letter: "Letter",
  visit: "Visit",
  other: "Other",
};

/** What a contact can say of sharing. In an emergency, sharing rests on the danger and nobody is asked. */
export const CONTACT_CONSENTS = ["not-asked", "given", "declined", "emergency"] as const;
export type ContactConsent = (typeof CONTACT_CONSENTS)[number];

/** The need that is not listed, which needs a label. */
export const NOT_LISTED = "OTH-01";

/** Days back after which a reason is asked for: by then a day is easily mistaken, and its figures may have settled. */
export const LATE_DAYS = 90;
export const NOTE_LENGTH = 4_000;
export const LABEL_LENGTH = 60;
/** Why a contact was voided or corrected. */
export const REASON_LENGTH = 300;
/** Most issues that one contact can speak of. */
export const MOST_ENTRIES = 20;
