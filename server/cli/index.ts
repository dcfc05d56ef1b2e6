/**
 * `npm run admin -- <command> [--json]`: what an operator does without a browser. Every command is a line of the
 * register below. With --json, standard output carries one JSON object a line and nothing else.
 * Exit codes: 0 done, 1 refused or a fault found, 2 typed wrongly.
 */

import { existsSync } from "node:fs";
import { connect } from "../../db/client";
import { makeContext } from "../context";
import { Invalid, isBrokenRule } from "../domain/errors";
import { openInstallation } from "../installation";
import { holdKeys } from "../keys";
import { auditAcceptRestore, auditVerify } from "./audit";
import { boundariesBuild, boundariesCheck } from "./boundaries";
import { type Call, type Command, type Opened, WrongUsage } from "./command";
import { demoLoad } from "./demo";
import { importCommands } from "./import";
import { importContactsCommand } from "./import-contacts";
import { importDirectoryCommand } from "./import-directory";
import { importOutcomesCommand } from "./import-outcomes";
import { keysList, keysRenew, keysRetire, keysRotate } from "./keys";
import { labEvaluate } from "./lab";
import { peopleLinkKeys, peopleMatchKeys } from "./match-keys";
import { organisationAdd, organisationOutcomes, organisationSignInOff } from "./organisation";
import { peopleLink } from "./people";
import { peopleRelink } from "./people-relink";
import { peoplePseudonyms } from "./pseudonyms";
import { rightsReplayErasures } from "./rights";
import { statisticsRecount, statisticsRelease, statisticsRun, statisticsSettle } from "./statistics";
import { userAdd, userDisable, userLink, userResetSecondFactor } from "./user";

/** Every command there is; a room adds its own. */
const COMMANDS: readonly Command[] = [
  boundariesBuild,
  boundariesCheck,
  ...importCommands,
  importContactsCommand,
  importDirectoryCommand,
  importOutcomesCommand,
  auditVerify,
  auditAcceptRestore,
  demoLoad,
  keysList,
  keysRotate,
  keysRenew,
  keysRetire,
  labEvaluate,
  organisationAdd,
  organisationOutcomes,
  organisationSignInOff,
  peoplePseudonyms,
  peopleLink,
  peopleRelink,
  peopleMatchKeys,
  peopleLinkKeys,
  userAdd,
  userDisable,
  userLink,
  userResetSecondFactor,
  rightsReplayErasures,
  statisticsRun,
  statisticsSettle,
  statisticsRecount,
  statisticsRelease,
];

async function main(given: readonly string[]): Promise<number> {
  const json = given.includes("--json");
  const args = given.filter((word) => word !== "--json");
  const command = COMMANDS.find(({ name }) => name === args.slice(0, name.split(" ").length).join(" "));
  if (!command) return help(args, json);
  const tell = json ? console.error : console.log;
  let opening: Promise<Opened> | undefined;
  const call: Call = {
    args: args.slice(command.name.split(" ").length),
    json,
    say: (text) => tell(text),
    result: (line, words) => console.log(json ? JSON.stringify(line, plainValues) : (words ?? inWords(line))),
    open: () => {
      opening ??= open();
      return opening;
    },
  };
  try {
    if (command.usage === "" && call.args.length > 0) {
      throw new WrongUsage(`Nothing follows "${command.name}".`);
    }
    return (await command.run(call)) ?? 0;
  } catch (error) {
    return explain(error, command);
  } finally {
    if (opening) await close(opening);
  }
}

async function open(): Promise<Opened> {
  const installation = await openInstallation();
  // The operator has the files of the installation, so every key is within reach anyway.
  holdKeys(installation.ring);
  const pool = (url: string) => connect(url, { max: 4, name: "common-need admin" });
  const { urls } = installation;
  const [owner, app, stats, reader] = [pool(urls.owner), pool(urls.app), pool(urls.stats), pool(urls.reader)];
  return { installation, owner, app, stats, reader, ctx: makeContext({ app, reader }, null) };
}

async function close(opening: Promise<Opened>): Promise<void> {
  const opened = await opening.catch(() => null);
  if (!opened) return;
  const { owner, app, stats, reader, installation } = opened;
  await Promise.all([owner, app, stats, reader].map((sql) => sql.end({ timeout: 5 })));
  await installation.stop();
}

function explain(error: unknown, { name, usage }: Command): number {
  if (error instanceof WrongUsage) {
    console.error(`${error.message}\n\nnpm run admin -- ${name} ${usage}`);
    return 2;
  }
  if (isBrokenRule(error)) {
    console.error(error.message);
    if (error instanceof Invalid) {
      for (const [field, fault] of Object.entries(error.fields)) console.error(`  ${field}: ${fault}`);
    }
    return 1;
  }
  console.error(error);
  return 1;
}

function help(args: readonly string[], json: boolean): number {
  const asked = args.length === 0 || args[0] === "help" || args[0] === "--help";
  const tell = json || !asked ? console.error : console.log;
  if (!asked) tell(`There is no command "${args.join(" ")}".\n`);
  tell("npm run admin -- <command> [--json]\n");
  for (const { name, usage, about } of [...COMMANDS].sort((a, b) => a.name.localeCompare(b.name))) {
    tell(`  ${name} ${usage}\n      ${about}`);
  }
  return asked ? 0 : 2;
}

/** JSON has no big integers; ours are counts and numbers of rows, safe as numbers. */
const plainValues = (_name: string, value: unknown) => (typeof value === "bigint" ? Number(value) : value);

function inWords(line: Readonly<Record<string, unknown>>): string {
  return Object.entries(line)
    .map(
      ([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value, plainValues) : value}`,
    )
    .join(", ");
}

// Whoever reads the output may have seen enough, as `head` has: then there is nobody left to tell, and nothing is wrong.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

if (existsSync(".env")) process.loadEnvFile(".env");
process.exitCode = await main(process.argv.slice(2));
