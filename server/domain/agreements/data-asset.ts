/** The data asset register: what an organisation holds, who answers for it, and which agreements draw on it. */

import { z } from "zod";
import { addMonths, type Day, isDay } from "../period";
import { oneLine, text, uuid } from "../typed-text";
import { DETAILS, PLACES } from "./grid";

export const MOST_ASSETS = 500;

export const dataAssetFields = z.strictObject({
  name: oneLine.min(2, "Enter the name of the data.").max(120, "Keep this to 120 characters."),
  /** A role or a team: it stays true when somebody leaves. */
  owner: oneLine
    .min(2, "Enter the role or team that answers for it.")
    .max(120, "Keep this to 120 characters."),
  place: z.enum(PLACES),
  detail: z.enum(DETAILS),
  restrictions: text.max(500, "Keep this to 500 characters."),
  usedFor: text.min(3, "Say what it is used for now.").max(500, "Keep this to 500 characters."),
  reviewedOn: z.string().refine(isDay, "Enter the day of the last review."),
  /** Agreements that draw on it. */
  agreementIds: z.array(uuid).max(50),
});
export type DataAssetFields = z.infer<typeof dataAssetFields>;

export const saveDataAssetSchema = z.strictObject({ id: uuid, fields: dataAssetFields });
export type SaveDataAsset = z.infer<typeof saveDataAssetSchema>;
export const retireDataAssetSchema = z.strictObject({ id: uuid, retired: z.boolean() });

export interface DataAsset extends DataAssetFields {
  id: string;
  retiredAt: Date | null;
}

/** Months after which a review is due again. */
const REVIEW_MONTHS = 12;

/** Whether a review is due: the last one is a year old or older. */
export const isReviewDue = ({ reviewedOn }: { reviewedOn: Day }, today: Day): boolean =>
  addMonths(reviewedOn, REVIEW_MONTHS) <= today;
