/** The data set of a study's plan, as every organisation may know it: the codebook and who holds it, never a row. */

import type { Tx } from "../db/client";
import { type Codebook, codebookSchema } from "./domain/lab/codebook";

export interface StudyDataSet {
  id: string;
  name: string;
  codebook: Codebook;
  /** SHA-256 of the codebook's canonical JSON, in lower-case hexadecimal digits. */
  codebookHash: string;
  holderOrganisationId: number;
  /** False once it was withdrawn, or its organisation may hold none any more: no new study can use it. */
  isOffered: boolean;
}

/** The data set of this id; null when there is none. Works in a transaction that names an organisation. */
export async function findStudyDataSet(tx: Tx, id: string | null): Promise<StudyDataSet | null> {
  if (id === null) return null;
  const [row] = await tx<(Omit<StudyDataSet, "codebook"> & { codebook: unknown })[]>`
    select d.id, d.name, d.codebook, d.codebook_hash, d.organisation_id as holder_organisation_id,
           d.withdrawn_at is null and exists (
             select from lab.data_holder as h where h.organisation_id = d.organisation_id) as is_offered
    from lab.data_set as d where d.id = ${id}`;
  return row ? { ...row, codebook: codebookSchema.parse(row.codebook) } : null;
}
