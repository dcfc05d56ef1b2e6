/** A mail server for tests: the few lines of SMTP (RFC 5321) that handing over one mail takes, in this process. */

import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, vi } from "vitest";

/** What the mail server was handed: the address of the envelope and the message. */
export interface Delivery {
  to: string;
  message: string;
}

export interface TestMailServer {
  deliveries: Delivery[];
  /** Whether it turns every address away. */
  refuses: boolean;
  /** One address that it turns away. */
  refusedAddress?: string;
}

/**
 * Starts one and makes it the installation's until the file's last test. Import what sends mails after this: settings
 * are read once.
 */
export async function arrangeMailServer(): Promise<TestMailServer> {
  const state: TestMailServer = { deliveries: [], refuses: false };
  const server = createServer((socket) => speak(socket, state));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  vi.stubEnv("SMTP_URL", `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`);
  afterAll(() => {
    vi.unstubAllEnvs();
    server.close();
  });
  return state;
}

function speak(socket: Socket, state: TestMailServer): void {
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
          state.deliveries.push({ to, message });
          message = null;
          say("250 taken");
        } else message += `${line}\n`;
      } else if (/^DATA/i.test(line)) {
        message = "";
        say("354 go on");
      } else if (/^RCPT TO:/i.test(line)) {
        to = line.slice(8);
        const isRefused = state.refuses || to.includes(`<${state.refusedAddress}>`);
        say(isRefused ? "550 nobody here" : "250 yes");
      } else if (/^QUIT/i.test(line)) {
        say("221 bye");
        socket.end();
      } else say("250 yes");
    }
  });
}
