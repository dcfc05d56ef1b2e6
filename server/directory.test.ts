import { beforeAll, describe, expect, test } from "vitest";
import type { ActorCtx } from "./context";
import { getDirectoryService, searchDirectory } from "./directory";
import { noteDirectoryChange } from "./directory-store";
import { bareFacts } from "./domain/directory";
import { uuidv7 } from "./ids";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";

const db = await testDatabase();
let ctx: ActorCtx;

beforeAll(async () => {
  const organisation = await arrangeOrganisation(db, "Harbour Advice");
  ctx = contextFor(db, await arrangeMember(db, organisation, ["manager"]));
});

test("a service is found and read", async () => {
  const id = uuidv7();
  await db.owner.begin(async (tx) => {
    await noteDirectoryChange(tx);
    await tx`insert into reference.directory_entry (id, stated, digest) values (${id}, ${tx.json({ ...bareFacts("Debt line", "Quay"), needs: [{ code: "MON-01", by: "words", from: "debt" }] })}, 'x')`;
  });
  const answer = await searchDirectory(ctx, { text: "dept line" });
  expect(answer.services.map((s) => s.name)).toEqual(["Debt line"]);
  expect((await getDirectoryService(ctx, id)).name).toBe("Debt line");
});
