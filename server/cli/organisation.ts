/**
 * `organisation add`: an organisation and the link with which its first manager begins. `organisation outcomes`: whether
 * one may hold outcome data for the data lab. `organisation sign-in-off`: passwords again, when its provider fails.
 */

import { letHoldAsOperator } from "../data-sets";
import { newOrganisation } from "../domain/account";
import { NotFound } from "../domain/errors";
import { findOrganisation } from "../importers/contacts";
import { addOrganisationAsOperator } from "../organisations";
import { turnProviderOff } from "../sso";
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

export const organisationOutcomes: Command = {
  name: "organisation outcomes",
  usage: "--organisation NAME-OR-NUMBER [--end]",
  about: "Lets an organisation hold outcome data for the data lab, or no more.",
  async run({ args, open, result }) {
    const { text, has } = readOptions(args, ["organisation"], ["end"]);
    const named = required(text.organisation, "organisation");
    const { ctx } = await open();
    const organisation = await findOrganisation(ctx, named);
    if (!organisation) throw new NotFound(`The organisation "${named}"`);
    const holds = !has("end");
    await letHoldAsOperator(ctx, { organisationId: organisation.id, holds });
    result(
      { organisation: organisation.id, name: organisation.name, holds },
      holds
        ? `"${organisation.name}" may hold outcome data from now on.`
        : `"${organisation.name}" may hold no outcome data any more. What it holds is not offered to studies.`,
    );
    return 0;
  },
};

export const organisationSignInOff: Command = {
  name: "organisation sign-in-off",
  usage: "--organisation NAME-OR-NUMBER",
  about:
    "Turns an organisation's own sign-in off, so that passwords open again: for when its provider fails.",
  async run({ args, open, result }) {
    const named = required(readOptions(args, ["organisation"]).text.organisation, "organisation");
    const { ctx } = await open();
    const organisation = await findOrganisation(ctx, named);
    if (!organisation) throw new NotFound(`The organisation "${named}"`);
    await turnProviderOff(ctx, organisation.id, "operator");
    result(
      { organisation: organisation.id, name: organisation.name },
      `The people of "${organisation.name}" sign in with their passwords again.`,
    );
    return 0;
  },
};
