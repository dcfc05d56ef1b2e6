/** `organisation add`: an organisation and the link with which its first manager begins. */

import { newOrganisation } from "../domain/account";
import { addOrganisationAsOperator } from "../organisations";
import { type Command, readOptions, required } from "./command";
import { parse } from "./parse";

export const organisationAdd: Command = {
  name: "organisation add",
  usage: "--name NAME --manager-name NAME --manager-email ADDRESS",
  about: "Adds an organisation and invites its first manager.",
  async run({ args, open, result }) {
    const { text } = readOptions(args, ["name", "manager-name", "manager-email"]);
    const given = parse(newOrganisation, {
      name: required(text.name, "name"),
      manager: {
        name: required(text["manager-name"], "manager-name"),
        email: required(text["manager-email"], "manager-email"),
      },
    });
    const { ctx } = await open();
    const { id, link, mailSent } = await addOrganisationAsOperator(ctx, given);
    result(
      { organisation: id, name: given.name, link, mailSent },
      `Organisation ${id}, "${given.name}", was added. Its manager sets a password at:\n${link}`,
    );
    return 0;
  },
};
