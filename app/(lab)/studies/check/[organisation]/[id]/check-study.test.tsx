/** The page of whoever checks a study, as text: what they can do, and what they asked before. */
import { MantineProvider } from "@mantine/core";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import type { StudyToSign } from "../../../../../../server/domain/lab/studies";
import { TEST_CODEBOOK, TEST_PLAN } from "../../../../../../server/domain/lab/testing-report";
import { NUMBERS } from "../../../../../_study/testing-result";
import { TrpcProvider } from "../../../../../_trpc/client";
import { CheckStudy } from "./check-study";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => {} }) }));

const STUDY: StudyToSign = {
  ...{ organisationId: 2, organisationName: "Wytherwork", id: "01990000-0000-7000-8000-000000000001" },
  ...{ number: 3, state: "ready", plan: TEST_PLAN, planHash: "a".repeat(64), numbers: NUMBERS },
  ...{ dataSetName: TEST_CODEBOOK.name, question: null, questionedAt: null, signedAt: null },
  ...{ fixedAt: new Date("2026-03-01T10:00:00Z"), readyAt: new Date("2026-03-06T10:00:00Z") },
};

function draw(over: Partial<StudyToSign>): string {
  const html = renderToStaticMarkup(
    <MantineProvider>
      <TrpcProvider>
        <CheckStudy
          given={{ ...STUDY, ...over }}
          dataSet={{
            ...{ id: "01990000-0000-7000-8000-000000000002", name: TEST_CODEBOOK.name },
            ...{ holderName: "Wythershire Police", codebook: TEST_CODEBOOK, codebookHash: "c".repeat(64) },
            ...{ about: "", isOurs: true, people: "about 4,000 people", isOffered: true, mayWithdraw: false },
            ...{ loadedAt: null, withdrawnAt: null },
          }}
        />
      </TrpcProvider>
    </MantineProvider>,
  );
  return html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
}

test("a study that waits can be signed, or what must be cleared up can be said", () => {
  const text = draw({});
  expect(text).toContain("Sign that it was done as planned");
  expect(text).toContain("I cannot sign it yet");
  expect(text).not.toContain("Asked on");
});

test("what was asked stands there until it is signed", () => {
  const question = "Were the people of the pilot left out?";
  const text = draw({ question, questionedAt: new Date("2026-03-07T10:00:00Z") });
  expect(text).toContain(`Asked on 7 March 2026: ${question} Wytherwork reads this.`);
  expect(draw({ signedAt: new Date("2026-03-08T10:00:00Z"), state: "signed" })).toContain(
    "Signed on 8 March 2026",
  );
});
