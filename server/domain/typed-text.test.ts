import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { termsSchema } from "./agreements/agreement";
import { openGlassSchema, reviewGlassSchema } from "./break-glass";
import { recordConsentSchema } from "./consent-input";
import { planSchema } from "./impact/plan";
import { questionStudySchema, returnStudySchema } from "./lab/studies";
import { studyPlanSchema } from "./lab/study";
import { residentAskSchema } from "./resident-code";

/** Words that somebody types and that are then stored. */
const WORDS = {
  "the name of an agreement": termsSchema.shape.title,
  "what an agreement is for": termsSchema.shape.reason,
  "why emergency access cannot wait": openGlassSchema.shape.words,
  "a review of emergency access": reviewGlassSchema.shape.words,
  "who decided for somebody": recordConsentSchema.shape.capacityNote,
  "what somebody asks of us": residentAskSchema.shape.words,
  "the plan of a study": studyPlanSchema.shape.intervention,
  "what is to be mended in a plan": returnStudySchema.shape.because,
  "what is to be cleared up before a study is signed": questionStudySchema.shape.question,
  "words of an impact summary": planSchema.shape.texts.valueType,
};

describe.each(Object.entries(WORDS))("%s", (_where, schema: z.ZodType) => {
  test("is kept as it was typed", () => {
    expect(schema.parse(" To ring = before a visit <b> ")).toBe("To ring = before a visit <b>");
  });

  test("is refused in plain words with the one character that cannot be stored", () => {
    expect(schema.safeParse("To ring before\u0000 a visit").error?.issues[0]?.message).toMatch(
      /^Take out the/,
    );
  });
});

test("the name of what is signed cannot be turned round by marks that nobody sees", () => {
  const { error } = termsSchema.shape.title.safeParse("Known to \u202elive");
  expect(error?.issues[0]?.message).toMatch(/^Take out the invisible character/);
});
