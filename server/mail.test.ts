import { expect, test } from "vitest";
import { arrangeMailServer } from "./testing-mail";

const server = await arrangeMailServer();

const mail = {
  to: "grace@example.org",
  subject: "Your invitation",
  text: "Choose a password to begin.",
  link: "http://127.0.0.1:3000/set-password?token=abc",
  kind: "invitation",
};

test("a mail reaches the mail server with its words and its link", async () => {
  const { sendMail } = await import("./mail");
  expect(await sendMail(mail)).toBe(true);
  expect(server.deliveries).toHaveLength(1);
  expect(server.deliveries[0]?.to).toContain("grace@example.org");
  expect(server.deliveries[0]?.message).toContain("Subject: Your invitation");
  expect(server.deliveries[0]?.message).toContain("Choose a password to begin.");
  expect(server.deliveries[0]?.message).toMatch(/set-password\?token=(3D)?abc/);
});

test("when the mail server refuses, the sender is told and nothing breaks", async () => {
  server.refuses = true;
  const { sendMail } = await import("./mail");
  expect(await sendMail(mail)).toBe(false);
  expect(server.deliveries).toHaveLength(1);
});
