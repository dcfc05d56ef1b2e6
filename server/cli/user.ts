/** `user …`: who may sign in, and the links with which they set their passwords. */

import { disableAccount, readmitAccount, resetSecondFactor } from "../accounts";
import { emailAddress, newMember } from "../domain/account";
import { addMemberAsOperator } from "../organisations";
import { type Command, readOptions, required, WrongUsage } from "./command";
import { parse } from "./parse";

export const userAdd: Command = {
  name: "user add",
  usage: "--email ADDRESS --name NAME --organisation NAME-OR-NUMBER --roles ROLE,ROLE [--patch LEVEL:CODE,…]",
  about: "Makes somebody a member of an organisation and prints the link to set a password.",
  async run({ args, open, result }) {
    const { text } = readOptions(args, ["email", "name", "organisation", "roles", "patch"]);
    const given = parse(newMember, {
      email: required(text.email, "email"),
      name: required(text.name, "name"),
      roles: required(text.roles, "roles").split(","),
      patch: text.patch?.split(",") ?? [],
    });
    const organisation = required(text.organisation, "organisation");
    if (organisation.trim() === "") throw new WrongUsage("--organisation is empty.");
    const { ctx } = await open();
    const { memberId, link, mailSent } = await addMemberAsOperator(ctx, organisation, given);
    result({ member: memberId, link, mailSent }, `${given.name} was added. They begin at:\n${link}`);
    return 0;
  },
};

export const userDisable: Command = {
  name: "user disable",
  usage: "--email ADDRESS",
  about: "Shuts an account out at once, in every organisation.",
  async run({ args, open, result }) {
    const email = parse(emailAddress, required(readOptions(args, ["email"]).text.email, "email"));
    const { ended } = await disableAccount((await open()).ctx, email);
    result({ disabled: email, ended }, `${email} is shut out; ${ended} sessions were ended.`);
    return 0;
  },
};

export const userLink: Command = {
  name: "user link",
  usage: "--email ADDRESS",
  about: "Lets an account in again, if it was shut out, and prints a link to set a new password.",
  async run({ args, open, result }) {
    const email = parse(emailAddress, required(readOptions(args, ["email"]).text.email, "email"));
    const { link } = await readmitAccount((await open()).ctx, email);
    result({ link }, `It works once, for an hour:\n${link}`);
    return 0;
  },
};

export const userResetSecondFactor: Command = {
  name: "user reset-second-factor",
  usage: "--email ADDRESS",
  about: "For a lost phone: takes the second step away and ends all sessions; at sign-in it is set up anew.",
  async run({ args, open, result }) {
    const { text, operands } = readOptions(args, ["email"]);
    const email = parse(emailAddress, required(text.email ?? operands[0], "email"));
    const { ended } = await resetSecondFactor((await open()).ctx, email);
    result({ reset: email, ended }, `${email} sets up a second step anew; ${ended} sessions were ended.`);
    return 0;
  },
};
