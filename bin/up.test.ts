import { expect, test } from "vitest";
import { environmentSchema } from "../server/env";
import { commonEnvironment } from "./up";

test("the serving processes are given no login and no key, and cannot read them again from the file .env", () => {
  const given = commonEnvironment({ PORT: 3000, NEXTAUTH_URL: undefined }, "http://127.0.0.1:3000");
  const secrets = Object.keys(environmentSchema.shape).filter((name) =>
    /^DATABASE_URL|^HANDED_KEYS$|^KEY_RING$/.test(name),
  );
  expect(secrets).toHaveLength(6);
  // Next fills in from .env whatever is not there at all; an empty value stays.
  for (const name of secrets) expect({ name, value: given[name] }).toEqual({ name, value: "" });
});
