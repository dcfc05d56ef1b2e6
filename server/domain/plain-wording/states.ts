/** How it is going, how serious it is, its colour and how much is shown, in each profession's words. */

import type { Detail } from "../agreements/grid";
import type { EntryStatus } from "../issue";
import type { Severity } from "../needs";
import type { Colour, Voice } from "../plain-wording";

type Words = Readonly<Record<Voice, string>>;

export const STATUS_WORDING: Readonly<Record<EntryStatus, Words>> = {
  new: {
    housing: "New: it came up for the first time.",
    health: "New: it came up for the first time.",
    police: "New: they first spoke of it now.",
    other: "New: it came up for the first time.",
    resident: "You told us about this for the first time.",
  },
  ongoing: {
    housing: "Still there, and much the same as last time.",
    health: "Still there, with no change since last time.",
    police: "Still there, and much the same as last time.",
    other: "Still there, and much the same as last time.",
    resident: "You still need help with this.",
  },
  improved: {
    housing: "Better than last time, but not yet put right.",
    health: "Better than last time, and still in need of care.",
    police: "Better than last time, but not yet over.",
    other: "Better than last time, but not yet over.",
    resident: "This is better than it was.",
  },
  worsened: {
    housing: "Worse than last time. Look again at what would help.",
    health: "Worse than last time. The plan may need to change.",
    police: "Worse than last time. They may need more help.",
    other: "Worse than last time. They may need more help.",
    resident: "This is harder than it was.",
  },
  resolved: {
    housing: "Put right. There is nothing left to do.",
    health: "Met. There is no need for more care with this.",
    police: "Over. There is nothing left to do.",
    other: "Put right. There is nothing left to do.",
    resident: "This has been put right.",
  },
  "no-longer-relevant": {
    housing: "No longer asked for. It was not put right as such.",
    health: "No longer asked for. It was not met as such.",
    police: "No longer asked for. It was not put right as such.",
    other: "No longer asked for. It was not put right as such.",
    resident: "You do not need help with this any more.",
  },
};

export const SEVERITY_WORDING: Readonly<Record<Severity, Words>> = {
  low: {
    housing: "Low: it can wait its turn.",
    health: "Low: fine to see as usual.",
    police: "Low: there is no rush.",
    other: "Low: it can wait its turn.",
    resident: "It can wait for a while.",
  },
  medium: {
    housing: "Medium: plan it in the next few weeks.",
    health: "Medium: see them in the next few weeks.",
    police: "Medium: help is due in the next few weeks.",
    other: "Medium: plan it in the next few weeks.",
    resident: "It needs help in the next few weeks.",
  },
  high: {
    housing: "High: act in the next few days.",
    health: "High: see them in the next few days.",
    police: "High: help is due in the next few days.",
    other: "High: act in the next few days.",
    resident: "It needs help in the next few days.",
  },
  crisis: {
    housing: "Crisis: act today.",
    health: "Crisis: see them today.",
    police: "Crisis: help is needed today.",
    other: "Crisis: act today.",
    resident: "It needs help today.",
  },
};

export const COLOUR_WORDING: Readonly<Record<Colour, Words>> = {
  red: {
    housing: "Red: something is very hard for them now. Ask before you take any step on the home.",
    health: "Red: something is very hard for them now. See them soon.",
    police: "Red: something is very hard for them now. They need help; it is no sign of risk to you.",
    other: "Red: something is very hard for them now. Get in touch soon.",
    resident: "Red: something is very hard for you now.",
  },
  amber: {
    housing: "Amber: something needs help in the next few weeks.",
    health: "Amber: something needs help in the next few weeks.",
    police: "Amber: something needs help in the next few weeks.",
    other: "Amber: something needs help in the next few weeks.",
    resident: "Amber: you need some help in the next few weeks.",
  },
  green: {
    housing: "Green: what they need now can wait its turn.",
    health: "Green: what they need now can wait its turn.",
    police: "Green: what they need now can wait its turn.",
    other: "Green: what they need now can wait its turn.",
    resident: "Green: what you need now can wait a while.",
  },
};

export const DETAIL_WORDING: Readonly<Record<Detail, Words>> = {
  "known-to": {
    housing: "Who knows them: which service to call, and how long ago they met.",
    health: "Who knows them: which service to call, and how long ago they met.",
    police: "Who knows them: which service to call, and how long ago they met. Not why.",
    other: "Who knows them: which service to call, and how long ago they met.",
    resident: "They see that we know you, and how to call us. They do not see why.",
  },
  rag: {
    housing: "How hard things are: red, amber or green. Not what it is about.",
    health: "How hard things are: red, amber or green. Not what it is about.",
    police: "How hard things are for them: red, amber or green. Not what it is about.",
    other: "How hard things are: red, amber or green. Not what it is about.",
    resident: "They see how hard things are for you, as a colour. They do not see what it is.",
  },
  coded: {
    housing: "What they need and how it is going. No name and no notes.",
    health: "What they need and how it is going. No name and no notes.",
    police: "What they need and how it is going. No name and no notes.",
    other: "What they need and how it is going. No name and no notes.",
    resident: "They see what you need and how it is going. They do not see our notes.",
  },
  full: {
    housing: "What they need, with their name and phone. No notes.",
    health: "What they need, with their name and phone. No notes.",
    police: "What they need, with their name and phone. No notes.",
    other: "What they need, with their name and phone. No notes.",
    resident: "They see what you need, your name and your phone. They do not see our notes.",
  },
};
