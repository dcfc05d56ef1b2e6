/** `user add`: somebody who signs in, and the link with which they set their password. */

import { newMember } from "../domain/account";
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
