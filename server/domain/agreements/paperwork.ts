/** Agreements on paper: what may be asked of them, and how they read on a screen. Shared with the browser. */

import { z } from "zod";
import type { Day } from "../period";
import { text, uuid } from "../typed-text";
import {
  type AgreementState,
  PURPOSES,
  type Purpose,
  type Standing,
  type Terms,
  termsSchema,
} from "./agreement";
import type { AreaColour } from "./areas";
import type { CompiledTerms } from "./compile";
import { AREA_PLACES, type AreaPlace, type Detail, type Group, type Place } from "./grid";
import type { Steps } from "./steps";

const version = z.int().min(1).max(9_999);

export const agreementIdSchema = z.object({ id: uuid });
/** One version; without its number the latest. */
export const readAgreementSchema = z.object({ id: uuid, version: version.optional() });
export const versionSchema = z.object({ id: uuid, version });
/** The id is made by the browser, so that saving twice makes one. */
export const saveDraftSchema = z.object({
  id: uuid,
  version,
  terms: termsSchema,
  /**
   * What may stand there now: the terms that were changed, and those sent last when no answer came. Left out, a draft
   * that says something else is not written over.
   */
  over: z.array(termsSchema).max(2).optional(),
});
export type SaveDraft = z.output<typeof saveDraftSchema>;

export const MOST_COMMENT = 2_000;
export const commentSchema = z.object({
  id: uuid,
  version,
  commentId: uuid,
  words: text.min(1, "Write what you would change.").max(MOST_COMMENT, "Keep this to 2,000 characters."),
});

/** `hash`: of the terms that the officer read, in hexadecimal digits. */
export const signSchema = z.object({ id: uuid, version, hash: z.string().regex(/^[0-9a-f]{64}$/) });

export const areaFiguresSchema = z.object({
  place: z.enum(AREA_PLACES),
  purpose: z.enum(PURPOSES),
  /** Code of the authority whose sectors or wards are asked for; the first of the reader's patch unless told. */
  authority: z.string().max(20).optional(),
});
export type AreaFiguresQuery = z.output<typeof areaFiguresSchema>;

/** An organisation in a version. */
export interface PartyRead {
  organisationId: number;
  name: string;
  gives: boolean;
  receives: boolean;
  signedAt: Date | null;
  signerName: string | null;
}

/** A version in a list. */
export interface AgreementLine {
  id: string;
  version: number;
  title: string;
  state: AgreementState;
  standing: Standing;
  purposes: readonly Purpose[];
  parties: readonly PartyRead[];
  startsOn: Day;
  reviewOn: Day;
  endsOn: Day;
  lastDay: Day | null;
  /** Whether the reader's organisation drafted it. */
  isOurs: boolean;
  /** Whether the reader's organisation has still to sign it. */
  waitsForUs: boolean;
  /** Looks by it in the last 90 days, by everybody in it. */
  looks: number;
}

/** A version with all that is in it. */
export interface AgreementRead extends AgreementLine {
  terms: Terms;
  /** Hash of the terms, in hexadecimal digits; null while it is a draft. */
  hash: string | null;
  madeAt: Date;
  proposedAt: Date | null;
  withdrawnAt: Date | null;
  /** Who gave notice, or took it back. */
  withdrawnBy: string | null;
  comments: readonly CommentRead[];
  /** Every version that the reader's organisation is in, the latest first. */
  versions: readonly { version: number; state: AgreementState; standing: Standing }[];
  /** What the reader may do with it now. */
  may: Steps;
}

export interface CommentRead {
  id: string;
  version: number;
  organisationName: string;
  memberName: string;
  words: string;
  saidAt: Date;
}

/** How a cell of an agreement was used. */
export interface UseLine {
  version: number;
  organisationId: number;
  place: Place;
  detail: Detail;
  group: Group;
  looks: number;
  lastOn: Day;
}

/** An agreement for another program to read: the terms as signed, who signed them, and what they are compiled to. */
export interface ExportedTerms {
  format: "common-need-agreement/1";
  id: string;
  version: number;
  state: AgreementState;
  lastDay: Day | null;
  terms: Terms;
  /** Hash of the canonical JSON of `terms`: names of every object in order, no spaces. */
  sha256: string | null;
  signatures: readonly {
    organisationId: number;
    organisation: string;
    name: string;
    at: Date;
    sha256: string;
  }[];
  compiled: CompiledTerms;
}

/** What somebody may use now, in short: what an agreement opens for the reader's own roles. */
export interface UsableAgreement {
  id: string;
  version: number;
  title: string;
  purposes: readonly Purpose[];
  cells: readonly { place: Place; detail: Detail; group: Group }[];
  endsOn: Day;
}

/** One area as an agreement opens it: only the fields of its cell are there. */
export interface SharedArea {
  place: { code: string; name: string };
  /** Whether there is a figure of anything covered. */
  presence?: boolean;
  /** By the rate of people with what is covered, beside the other areas; null where there is no figure or no rate. */
  colour?: AreaColour | null;
  /** People by need in the last settled year. What is covered and not here is fewer than 10. */
  figures?: readonly { need: string; figure: number }[];
  /** The same for every settled period that there is. */
  series?: readonly { period: string; need: string; figure: number }[];
}

/** The areas of a level under an agreement. */
export interface SharedAreas {
  level: AreaPlace;
  detail: Detail;
  agreement: { id: string; version: number; title: string };
  /** Paths of what is covered, in the order of the taxonomy. */
  covered: readonly string[];
  /** The last settled year, such as "y:2025"; null while none has settled. */
  period: string | null;
  /** The authority whose sectors or wards these are, and which there are; null for authorities themselves. */
  within: { code: string; name: string } | null;
  authorities: readonly { code: string; name: string }[];
  areas: readonly SharedArea[];
}
