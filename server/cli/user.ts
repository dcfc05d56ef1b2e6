/** `user …`: who may sign in, and the links with which they set their passwords. */

import { disableAccount, readmitAccount } from "../accounts";
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
