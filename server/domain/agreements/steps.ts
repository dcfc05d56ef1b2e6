/**
 * Which steps somebody may take with a version of an agreement, so that a screen offers no other. The database decides
 * again when a step is taken (`db/agreements.sql`).
 */

import type { Role } from "../access";
import type { AgreementState, Standing } from "./agreement";

/** The steps, each with whether it is to be offered. */
export interface Steps {
  edit: boolean;
  propose: boolean;
  comment: boolean;
  sign: boolean;
  /** Take back a draft or proposal, decline one, or give notice. */
  withdraw: boolean;
  /** Start the next version. */
  renew: boolean;
}

/** What is known of a version, as its reader's organisation stands to it. */
interface Version {
  state: AgreementState;
  standing: Standing;
  isOurs: boolean;
  isLatest: boolean;
  waitsForUs: boolean;
}

/**
 * Managers and officers of the organisation that drafted it write, propose and renew it; those of every party comment
 * while it is open; officers sign, decline, and give notice of what still lets anybody see something from today on.
 */
export function mayDo(roles: readonly Role[], version: Version): Steps {
  const { state, standing, isOurs, isLatest, waitsForUs } = version;
  const signs = roles.includes("officer");
  const writes = signs || roles.includes("manager");
  const isOpen = state === "draft" || state === "proposed";
  // One that was superseded runs until the next one starts.
  const runs =
    (state === "signed" || state === "superseded") && standing !== "ended" && standing !== "superseded";
  return {
    edit: writes && isOurs && state === "draft",
    propose: writes && isOurs && state === "draft",
    comment: writes && isOpen,
    sign: signs && waitsForUs,
    withdraw: (writes && isOurs && isOpen) || (signs && (state === "proposed" || runs)),
    renew: writes && isOurs && isLatest && !isOpen,
  };
}
