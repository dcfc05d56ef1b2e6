import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkLayers, forbiddenArrows, importsOf } from "./layers";

const arrows = (file: string, source: string) => forbiddenArrows(new Map([[file, source]]));

test.each([
  ["server/domain/need.ts", 'import { connect } from "../../db/client";'],
  ["server/domain/need.ts", 'import { createHmac } from "node:crypto";'],
  ["server/domain/need.ts", 'import type { Ctx } from "../context";'],
  ["db/client.ts", 'import { env } from "../server/env";'],
  ["server/contacts.ts", 'import { router } from "./routers/index";'],
  ["server/contacts.ts", 'import { Card } from "../app/_ui/card";'],
  ["server/documents/chart-svg.tsx", 'import { ChartFigure } from "../../app/_ui/charts/chart-figure";'],
  ["server/documents/pdf.ts", 'import { PaperChart } from "../../app/_ui/charts/paper-chart";'],
  ["server/routers/contacts.ts", 'import { connect } from "../../db/client";'],
  ["app/(casework)/page.tsx", 'import { listClients } from "../../server/clients";'],
  ["app/(casework)/page.tsx", '"use client";\nimport {\n  appRouter,\n} from "../../server/routers/index";'],
  ["app/(casework)/client-card.tsx", 'import { appRouter } from "../../server/routers/index";'],
  ["app/_ui/shell.tsx", '"use client";\nimport { isDemo } from "../../server/clock";'],
  ["app/_ui/shell.tsx", 'import { key } from "../../server/keys";'],
  ["app/(casework)/page.tsx", 'const { connect } = await import("../../db/client");'],
  ["app/api/trpc/route.ts", 'import { connect } from "../../../db/client";'],
  ["app/_ui/card.tsx", 'export { key } from "../../server/keys";'],
  ["app/_ui/card.tsx", 'import { Tag } from "@/app/_ui/tag";'],
])("%s may not say %s", (file, source) => {
  expect(arrows(file, source)).toHaveLength(1);
});

test.each([
  ["server/domain/need.ts", 'import { z } from "zod";\nimport { need } from "./needs";'],
  [
    "server/domain/need.test.ts",
    'import { test } from "vitest";\nimport { testDatabase } from "../testing";',
  ],
  ["db/migrate.ts", 'import { NEEDS } from "../server/domain/needs";'],
  ["server/contacts.ts", 'import { connect } from "../db/client";\nimport { needs } from "./domain/needs";'],
  ["server/routers/contacts.ts", 'import { logContact } from "../contacts";'],
  ["server/documents/chart-svg.tsx", 'import { PaperChart } from "../../app/_ui/charts/paper-chart";'],
  ["app/_trpc/client.ts", 'import type { AppRouter } from "../../server/routers/index";'],
  ["app/(casework)/page.tsx", 'import { appRouter } from "../../server/routers";'],
  ["app/_ui/shell.tsx", 'import { isDemo } from "../../server/clock";'],
  ["app/_trpc/client.tsx", 'import type { AppRouter } from "../../server/routers";'],
  ["app/(casework)/page.tsx", 'import { needs } from "../../server/domain/needs";\nimport "./page.css";'],
  ["app/api/trpc/[trpc]/route.ts", 'import { appRouter } from "../../../../server/routers/index";'],
])("%s may say %s", (file, source) => {
  expect(arrows(file, source)).toEqual([]);
});

test("imports are found in every form, and not in comments", () => {
  const source = `
    import a, { b } from "./one";
    import type { C } from './two';
    export * from "./three";
    import "./four.css";
    const e = await import("./five");
    // import f from "./six";
    /* import g from "./seven"; */`;
  expect(importsOf(source).map(({ specifier }) => specifier)).toEqual([
    "./one",
    "./two",
    "./three",
    "./four.css",
    "./five",
  ]);
});

test("a check that sees hardly any files fails", () => {
  const root = mkdtempSync(join(tmpdir(), "layers-"));
  mkdirSync(join(root, "server"));
  writeFileSync(join(root, "server", "contacts.ts"), "");
  expect(() => checkLayers(root)).toThrow("Only 1 files were found");
  rmSync(root, { recursive: true });
});
