import { describe, expect, test } from "vitest";
import { proofOf } from "../../server/domain/device";
import { openVault, problemOfCode, unwrapKey, wrapKey } from "./vault";

const OWNER = "account|device";
const newKey = () => crypto.getRandomValues(new Uint8Array(32));

describe("What lies on a device", () => {
  test("opens with the key and at the place it was closed for, and nowhere else", async () => {
    const key = newKey();
    const [vault, again, others] = await Promise.all([
      openVault(key.slice()),
      openVault(key.slice()),
      openVault(newKey()),
    ]);
    const sealed = await vault.seal("ledger", "1", { note: "Amina Okafor" });
    expect(await again.open("ledger", "1", sealed)).toEqual({ note: "Amina Okafor" });
    await expect(again.open("ledger", "2", sealed)).rejects.toThrow();
    await expect(again.open("kept", "1", sealed)).rejects.toThrow();
    await expect(others.open("ledger", "1", sealed)).rejects.toThrow();
  });

  test("says nothing, is never closed the same way twice, and shows that it was altered", async () => {
    const vault = await openVault(newKey());
    const [one, two] = [await vault.seal("kept", "a", "Okafor"), await vault.seal("kept", "a", "Okafor")];
    expect(Buffer.from(one).toString("latin1")).not.toContain("Okafor");
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
    for (const at of [0, 12, one.length - 1]) {
      const altered = one.slice();
      altered[at] = (altered[at] ?? 0) ^ 1;
      await expect(vault.open("kept", "a", altered)).rejects.toThrow();
    }
  });

  test("leaves no bytes of the key behind", async () => {
    const [key, wrapped] = [newKey(), newKey()];
    await openVault(key);
    await wrapKey(wrapped, "tin-boat-7", OWNER);
    expect([...key, ...wrapped].every((byte) => byte === 0)).toBe(true);
  });

  test("proves the key to the server as the server expects it", async () => {
    const key = newKey();
    const vault = await openVault(key.slice());
    expect(await vault.proofOf("a nonce")).toBe(await proofOf(key, "a nonce"));
  });
});

describe("A code", () => {
  test("opens the same vault, for its owner, and no other code does", async () => {
    const key = newKey();
    const vault = await openVault(key.slice());
    const sealed = await vault.seal("kept", "a", "hello");
    const wrapped = await wrapKey(key, "tin-boat-7", OWNER);
    expect(await (await unwrapKey(wrapped, "tin-boat-7", OWNER))?.open("kept", "a", sealed)).toBe("hello");
    expect(await unwrapKey(wrapped, "tin-boat-8", OWNER)).toBeNull();
    expect(await unwrapKey(wrapped, "tin-boat-7", "another|device")).toBeNull();
    expect(wrapped.rounds).toBe(600_000);
  });

  test.each(["12345", "111111", "121212", "123456", "987654", "abcdef"])(
    "%s is too easy to guess",
    (code) => {
      expect(problemOfCode(code)).not.toBeNull();
    },
  );

  test.each(["470913", "tin-boat-7", "söndag"])("%s will do", (code) => {
    expect(problemOfCode(code)).toBeNull();
  });
});
