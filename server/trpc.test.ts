import { expect, test } from "vitest";
import { testDatabase } from "./testing";
import { arrangeMember, arrangeOrganisation, contextFor } from "./testing-people";
import { createCallerFactory, openProcedure, router } from "./trpc";

const db = await testDatabase();

test("a text that no form has looked at and that cannot be stored is told so, not called our fault", async () => {
  const somebody = await arrangeMember(db, await arrangeOrganisation(db, "Ours"), ["caseworker"]);
  const keep = router({
    it: openProcedure("session.use").mutation(({ ctx }) => ctx.db`select ${"Advice\u0000"}::text`),
  });
  const asked = createCallerFactory(keep)(await contextFor(db, somebody)).it();
  await expect(asked).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: "Take out the character that cannot be stored.",
  });
});
