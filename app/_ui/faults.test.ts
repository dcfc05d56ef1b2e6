import { expect, test } from "vitest";
import { askListSchema } from "../../server/domain/agreements/shared-list";
import { affectedSchema } from "../../server/domain/breach";
import { faultsIn } from "./faults";

test("each field that is wrong is said once, at its place, with words of its own where nothing was chosen", () => {
  const asked = askListSchema.safeParse({
    ...{ id: crypto.randomUUID(), agreementId: crypto.randomUUID(), level: "street", street: "", words: "" },
    ...{ purpose: null, reason: null, within: ["nowhere", "elsewhere"], needs: ["HOU-04"] },
  });
  if (asked.success) throw new Error("It was read.");
  const empty = { purpose: "Choose what it is for.", reason: "Choose why now.", within: "Say where." };
  expect(faultsIn(asked.error, { purpose: "for", within: "where" }, empty)).toEqual([
    { message: "Choose what it is for.", fieldId: "for" },
    { message: "Choose why now." },
    {
      message: "Write a postcode, such as SR1 3DW, or the first part of one, such as SR1 3.",
      fieldId: "where",
    },
  ]);
  const affected = affectedSchema.safeParse({ about: { kind: "member", id: null }, from: null, until: null });
  if (affected.success) throw new Error("It was read.");
  const said = { about: "Choose whose access it was.", from: "Say from when.", until: "Say until when." };
  expect(faultsIn(affected.error, {}, said).map(({ message }) => message)).toEqual(Object.values(said));
});
