/** What is said of a story's readers and of the person's answer. */
import type { Audience } from "../../../server/domain/impact/plan";
import type { StoryAnswer, StoryConsent } from "../../../server/domain/impact/story";
import { dayInWords } from "../../../server/domain/period";

export const READERS: Readonly<Record<Audience, string>> = {
  team: "our own team",
  trustees: "our trustees",
  funder: "our funders",
  commissioner: "councils and health bodies that pay for help",
  public: "anybody, in public",
};

const listed = (audiences: readonly Audience[]) =>
  new Intl.ListFormat("en-GB").format(audiences.map((audience) => READERS[audience]));

/** "They said yes for our funders, until 1 May 2027". */
export function consentInWords(consent: StoryConsent): string {
  switch (consent.state) {
    case "not-asked":
      return "They have not been asked yet";
    case "none":
      return `They said no on ${dayInWords(consent.on)}`;
    case "lapsed":
      return `Their yes ended on ${dayInWords(consent.until)}: ask again`;
    case "other-words":
      return `They said yes on ${dayInWords(consent.on)}, and the words were changed since: ask again`;
    case "given":
      return `They said yes for ${listed(consent.audiences)}, until ${dayInWords(consent.until)}`;
  }
}

export const answerInWords = ({ audiences, answeredOn, untilOn }: StoryAnswer): string =>
  audiences.length === 0 || untilOn === null
    ? `${dayInWords(answeredOn)}: no`
    : `${dayInWords(answeredOn)}: yes for ${listed(audiences)}, until ${dayInWords(untilOn)}`;
