import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

/** What a mail server was handed: the addresses of the envelope and the message. */
interface Delivery {
  to: string;
  message: string;
}

const deliveries: Delivery[] = [];
let refuse = false;
const server = createServer(speakSmtp);

/** The few lines of SMTP (RFC 5321) that handing over one mail takes. */
function speakSmtp(socket: Socket): void {
  let waiting = "";
  let message: string | null = null;
  let to = "";
  const say = (line: string) => socket.write(`${line}\r\n`);
  say("220 mail.test");
  socket.on("error", () => undefined);
  socket.on("data", (bytes) => {
    waiting += bytes.toString();
    for (let end = waiting.indexOf("\r\n"); end >= 0; end = waiting.indexOf("\r\n")) {
      const line = waiting.slice(0, end);
      waiting = waiting.slice(end + 2);
      if (message !== null) {
        if (line === ".") {
          deliveries.push({ to, message });
          message = null;
          say("250 taken");
        } else message += `${line}\n`;
      } else if (/^DATA/i.test(line)) {
        message = "";
        say("354 go on");
      } else if (/^RCPT TO:/i.test(line)) {
        to = line.slice(8);
        say(refuse ? "550 nobody here" : "250 yes");
      } else if (/^QUIT/i.test(line)) {
        say("221 bye");
        socket.end();
      } else say("250 yes");
    }
  });
}

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  vi.stubEnv("SMTP_URL", `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

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
  expect(deliveries).toHaveLength(1);
  expect(deliveries[0]?.to).toContain("grace@example.org");
  expect(deliveries[0]?.message).toContain("Subject: Your invitation");
  expect(deliveries[0]?.message).toContain("Choose a password to begin.");
  expect(deliveries[0]?.message).toMatch(/set-password\?token=(3D)?abc/);
});

test("when the mail server refuses, the sender is told and nothing breaks", async () => {
  refuse = true;
  const { sendMail } = await import("./mail");
  expect(await sendMail(mail)).toBe(false);
  expect(deliveries).toHaveLength(1);
});
