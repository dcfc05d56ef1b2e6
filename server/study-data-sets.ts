/** The data set of a study's plan, as every organisation may know it: the codebook and who holds it, never a row. */

import type { Tx } from "../db/client";
import { CASEWORK_CODEBOOK, CASEWORK_DATA_SET_ID } from "./domain/lab/casework-set";
import { type Codebook, codebookSchema } from "./domain/lab/codebook";
import { codebookHash } from "./importers/outcomes";

export interface StudyDataSet {
  id: string;
  name: string;
  codebook: Codebook;
  /** SHA-256 of the codebook's canonical JSON, in lower-case hexadecimal digits. */
  codebookHash: string;
  /** Null for these records themselves, which nobody else holds. */
  holderOrganisationId: number | null;
  /** False once it was withdrawn, or its organisation may hold none any more: no new study can use it. */
  isOffered: boolean;
}

const CASEWORK: StudyDataSet = {
  id: CASEWORK_DATA_SET_ID,
  name: CASEWORK_CODEBOOK.name,
  codebook: CASEWORK_CODEBOOK,
  codebookHash: codebookHash(CASEWORK_CODEBOOK),
  holderOrganisationId: null,
  isOffered: true,
};

/** The data set of this id; null when there is none. Works in a transaction that names an organisation. */
export async function findStudyDataSet(tx: Tx, id: string | null): Promise<StudyDataSet | null> {
  if (id === null) return null;
  if (id === CASEWORK_DATA_SET_ID) return CASEWORK;
  const [row] = await tx<(Omit<StudyDataSet, "codebook"> & { codebook: unknown })[]>`
    select d.id, d.name, d.codebook, d.codebook_hash, d.organisation_id as holder_organisation_id,
           d.withdrawn_at is null and exists (
             select from lab.data_holder as h where h.organisation_id = d.organisation_id) as is_offered
    from lab.data_set as d where d.id = ${id}`;
  return row ? { ...row, codebook: codebookSchema.parse(row.codebook) } : null;
}
