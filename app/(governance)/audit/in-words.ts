/** What an entry of the audit says, as a sentence that goes on from a name: "opened the record of a person". */
import type { TrailEntry } from "../../../server/audit-trail";
import { periodTextInWords } from "../../../server/domain/period";

const SENTENCES: Readonly<Record<string, string>> = {
  "action.add": "added an action for a person",
  "action.change": "changed an action for a person",
  "action.finish": "finished an action for a person",
  "action.list": "saw the actions for a person",
  "action.reopen": "opened an action for a person again",
  "agreement.comment": "said something of an agreement",
  "agreement.draft": "drafted an agreement",
  "agreement.look-at-areas": "looked at the figures that an agreement opens",
  "agreement.propose": "put an agreement to its parties",
  "agreement.sign": "signed an agreement",
  "agreement.withdraw": "ended an agreement, or took a draft back",
  "data-asset.retire": "took data out of use in the register",
  "data-asset.save": "wrote in the data asset register",
  "data-asset.use": "took data into use again in the register",
  "value-map.remove": "took an action out of the value map of an agreement",
  "value-map.save": "weighed an action for an agreement",
  "audit.read": "looked at these records",
  "calendar.fetch": "had their calendar fetch due actions",
  "calendar.renew": "made a new calendar address",
  "calendar.revoke": "took their calendar address back",
  "caseload.my-day": "looked at their day",
  "caseload.people": "saw the people of a worker",
  "caseload.reassign": "gave people to another worker",
  "caseload.set-not-seen": "chose when their day names people not seen",
  "caseload.team": "looked at what each worker carries",
  "caseload.undo": "undid a move of people",
  "client.add": "added a person",
  "client.assign": "gave a person to a worker",
  "client.close": "closed the record of a person",
  "client.conflicts": "saw two values to choose from",
  "client.edit": "changed a person’s details",
  "client.find": "searched for a person",
  "client.find-as-officer": "searched for a person as an officer",
  "client.looks": "saw who has looked at a record",
  "client.make-findable": "made people findable in new ways",
  "client.print": "printed the record of a person",
  "client.read": "opened the record of a person",
  "client.recent": "saw the people met last",
  "client.reopen": "opened a closed record again",
  "client.settle": "chose between two values",
  "consent.read": "saw answers about sharing",
  "consent.record": "recorded an answer about sharing",
  "contact.import": "imported contacts",
  "contact.log": "logged a contact",
  "contact.read": "opened a contact",
  "contact.remove-note": "removed the note of a contact for good",
  "contact.void": "voided a contact",
  "crisis-card.save": "changed or checked a crisis card",
  "data-set.allow": "let an organisation hold outcome data",
  "data-set.ask-upload": "asked for a key to send outcome data with",
  "data-set.destroy": "had sent outcome data destroyed once it was read",
  "data-set.disallow": "let an organisation hold outcome data no more",
  "data-set.load": "loaded outcome data",
  "data-set.withdraw": "took outcome data back and had it deleted",
  "device.list": "saw where somebody is signed in",
  "device.open": "opened their work on a device",
  "device.revoke": "shut out a device",
  "device.take-along": "took people along on a device",
  "directory.add": "added a service to the directory",
  "directory.check": "checked a service of the directory",
  "directory.edit": "corrected a service of the directory",
  "directory.list-service": "put a service of their own into the directory",
  "directory.undo": "undid a change of the directory",
  "directory.withdraw": "took a service out of the directory",
  "event.note": "added a word to an event",
  "event.withdraw": "took an event back",
  "event.write": "wrote down an event and what they expected of it",
  "framework.close": "closed a framework of outcomes",
  "framework.open": "opened a framework of outcomes again",
  "framework.save": "added or changed a framework of outcomes",
  "impact.export": "took out an impact summary",
  "impact.finish": "had an impact summary made",
  "impact.make": "made an impact summary and kept its files",
  "impact.open": "opened an impact summary",
  "impact.prepare": "began the impact summary of a schedule",
  "impact.read": "read an impact summary",
  "impact.remake": "had a new version of an impact summary made",
  "impact.remove-template": "removed a template for impact summaries",
  "impact.save-schedule": "had impact summaries prepared by a schedule",
  "impact.save-template": "kept a template for impact summaries",
  "impact.stop-schedule": "stopped a schedule of impact summaries",
  "impact.take-records": "took out records without names",
  "instrument.add": "added an instrument",
  "instrument.close": "closed an instrument",
  "instrument.open": "opened an instrument again",
  "keys.renew": "sealed rows anew under a new key",
  "keys.retire": "threw an old key away",
  "keys.rotate": "added a new key",
  "member.end": "ended a membership",
  "member.held": "asked what a member would leave behind",
  "member.invite": "invited somebody",
  "member.list": "looked at the team",
  "organisation.add": "added an organisation",
  "organisation.rename": "renamed the organisation",
  "password.request": "asked for a link to set a password",
  "password.set": "set a password",
  "people.estimate": "learnt how often details agree",
  "people.link": "worked out which records are one person’s",
  "people.relink": "worked out anew which records are one person’s",
  "people.traits": "noted months of birth for the statistics, sealed",
  "people.try": "tried a file against the records here",
  "people.pseudonyms": "took out pseudonyms of an organisation’s people",
  "programme.add": "made a programme of several organisations",
  "programme.agree": "agreed that their people are counted in a programme",
  "programme.count": "had their people counted in a programme’s summary, as figures",
  "programme.invite": "invited an organisation to a programme",
  "programme.leave": "took back that their people are counted in a programme",
  "programme.withdraw": "took an invitation to a programme back",
  "referral.decline-consent": "kept that a person did not want a referral",
  "referral.due": "saw the referrals that wait for an answer",
  "referral.end-links": "ended the links of a referral",
  "referral.entries": "began a contact from a referral",
  "referral.find-service": "looked for a service to refer a person to",
  "referral.list": "saw a list of referrals",
  "referral.mail-again": "sent the mail of a referral again",
  "referral.make-link": "made a link to a referral",
  "referral.of-client": "saw the referrals of a person",
  "referral.open-link": "opened a referral by its link",
  "referral.read": "opened a referral",
  "referral.send": "sent a referral",
  "referral.step": "answered a referral",
  "referral.step-link": "answered a referral by its link",
  "referral.take-on": "made a person who was referred a client",
  "release.freeze": "froze the files of a release",
  "register.add": "put a study on the open register",
  "register.wait": "put on the open register that a study's result waits",
  "register.withdraw": "marked a study on the open register as withdrawn",
  "review.decide": "said whether two records are one person",
  "review.own": "saw what they said of pairs of records",
  "review.quality": "looked at how good the links are",
  "review.queue": "saw the pairs of records that wait for a word",
  "review.read": "saw a pair of records, masked",
  "review.take-back": "took back what they said of a pair of records",
  "score.list": "saw the scores of a person",
  "score.record": "recorded a score of a person",
  "score.void": "voided a score of a person",
  "second-factor.change": "began to set up another phone",
  "second-factor.refuse": "was refused a code at sign-in",
  "second-factor.renew-codes": "made new recovery codes",
  "second-factor.reset": "reset the second step of somebody",
  "second-factor.set": "set up their second step",
  "service.add": "added a service",
  "service.set-needs": "changed the need list of a service",
  "service.set-team": "changed how a service’s team is reached",
  "session.begin": "gave the right password",
  "session.choose": "chose this organisation",
  "session.end": "signed out",
  "session.end-all": "signed out everywhere",
  "session.lock": "locked their screen",
  "session.open": "signed in",
  "session.refuse": "was refused at sign-in",
  "session.step-up": "showed again that it is they",
  "session.step-up-refuse": "was refused when showing again that it is they",
  "session.unlock": "unlocked their screen",
  "session.unlock-refuse": "was refused at unlocking",
  "sharing.known-to": "asked which other services know a person",
  "sharing.looked": "let another organisation know, by agreement, that a person is known",
  "sharing.person": "saw what other organisations share of a person",
  "sharing.refuse": "was refused a look-up after twenty in an hour",
  "story.confirm": "confirmed that nobody can be known by a story",
  "story.consent": "recorded for whom a person’s story may be told",
  "story.list": "saw the list of stories",
  "story.look-over": "looked over words for a story of a person",
  "story.read": "opened a story of a person",
  "story.retire": "took a story out of use",
  "story.save": "wrote or changed a story of a person",
  "story.withdraw": "recorded that a person’s story may not be told",
  "study.approve": "said yes to a study and fixed its plan",
  "study.ask": "asked somebody else to look at a study",
  "study.ask-upload": "asked for a way to send the names of a study",
  "study.begin": "began a study",
  "study.destroy": "destroyed what was sent for a study",
  "study.list-to-sign": "saw the studies in their data",
  "study.open": "opened a study",
  "study.publish": "put a study on the register",
  "study.read-to-sign": "read a study in their data",
  "study.readiness": "checked the records of those who started",
  "study.return": "asked for a change of a study",
  "study.run": "ran a study and looked for its people",
  "study.save": "changed the plan of a study",
  "study.send": "sent the names of a study",
  "study.sign": "signed a study in their data",
  "study.start": "started a study in the records here",
  "study.take-back": "took back a study that waited for a yes",
  "study.withdraw": "withdrew a study",
  "unit-cost.close": "closed a unit cost",
  "unit-cost.import": "brought in unit costs from a file",
  "unit-cost.open": "opened a unit cost again",
  "unit-cost.save": "added or changed a unit cost",
  "use.list-members": "saw whom a look can be asked about",
  "use.read": "asked who has looked",
  "use.take-out": "took out a list of who has looked",
};

/** The actions that can be asked for, by sentence. */
export const ACTION_CHOICES = Object.entries(SENTENCES)
  .map(([value, label]) => ({ value, label: label.slice(0, 1).toUpperCase() + label.slice(1) }))
  .sort((a, b) => a.label.localeCompare(b.label, "en-GB"));

/** What an action is, without whom it was about. */
export const actionInWords = (action: string): string => SENTENCES[action] ?? action;

export function entryInWords({ action, subjects, detail }: TrailEntry): string {
  const people = subjects.filter(({ kind }) => kind === "client").length;
  if (people > 1 && action.startsWith("client.") && action !== "client.make-findable")
    return `saw ${people} people in a list`;
  if (action === "client.read" && detail["identifiersInFull"] === true) {
    return "opened the record of a person with their numbers in full";
  }
  if (action === "impact.take-records") return `${actionInWords(action)}: ${recordsInWords(detail)}`;
  return actionInWords(action);
}

/** "2,000 rows, July to September 2026, all services". */
function recordsInWords({ rows, period, service }: TrailEntry["detail"]): string {
  return [
    typeof rows === "number" && `${rows.toLocaleString("en-GB")} ${rows === 1 ? "row" : "rows"}`,
    typeof period === "string" ? periodTextInWords(period) : "of all time",
    typeof service === "string" ? "one service" : "all services",
  ]
    .filter(Boolean)
    .join(", ");
}

const KINDS: Readonly<Record<string, string>> = {
  agreement: "agreement",
  client: "person",
  contact: "contact",
  "link-review": "pair",
  member: "member",
  programme: "programme",
  referral: "referral",
  service: "service",
  study: "study",
  summary: "summary",
};

/**
 * The one person, contact, member, summary or the like that an entry is about; null when there are several or none. A
 * story is told by whose it is, or by the summary that tells it.
 */
export function subjectOf({ subjects }: TrailEntry): { id: string; words: string } | null {
  const named = subjects.filter(({ kind }) => kind in KINDS);
  const [only] = named;
  if (!only || named.length > 1) return null;
  // The end of a version 7 id is its random part: enough to tell two apart.
  return { id: only.id, words: `${KINDS[only.kind]} ${only.id.slice(-6)}` };
}

/** What is said of it after a sentence: no word twice where the sentence ends with what it is. */
export function subjectAfter(sentence: string, words: string): string {
  const [kind = ""] = words.split(" ");
  return sentence.endsWith(` ${kind}`) ? words.slice(kind.length + 1) : words;
}
