/** The register of what was said of pairs of clients: by their identifiers, by a description, by a person. */

import type { Tx } from "../db/client";
import type { Said } from "./domain/linking/findings";
import { type ClientKey, columnsOf, keyOf } from "./people-records";

/** The model of what a person said. */
export const DECISION = "decision";

interface SaidRow extends Pick<Said, "says" | "model" | "evidence" | "id"> {
  organisationIdA: number;
  clientIdA: string;
  organisationIdB: number;
  clientIdB: string;
}

/** What was said last of each pair among these clients. */
export async function readSaid(tx: Tx, clients: readonly ClientKey[]): Promise<Said[]> {
  const { organisations, ids } = columnsOf(clients);
  const rows = await tx<SaidRow[]>`
    select * from identity.link_assertions(${organisations}::integer[], ${ids}::uuid[])`;
  return rows.map(({ says, model, evidence, id, ...row }) => ({
    a: keyOf({ organisationId: row.organisationIdA, clientId: row.clientIdA }),
    b: keyOf({ organisationId: row.organisationIdB, clientId: row.clientIdB }),
    family: model.startsWith("identifier") ? "identifier" : model === DECISION ? "decision" : "description",
    ...{ says, model, evidence, id },
  }));
}
