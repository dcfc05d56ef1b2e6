/** Lines of the register: who somebody is, how they are found and how records are linked into persons. */

import { FIGURES, FIND, HELP, joint, LINKING, type Line, nobody, person, WHO } from "./register-line";

export const IDENTITY_LINES: Readonly<Record<string, Line>> = {
  "identity.client_identity": person(
    { title: "Your details", why: WHO, key: ["client_id"] },
    `organisation_id:inner client_id:id given_name family_name date_of_birth date_of_birth_index:keyed sex postcode
     address home_is_secret phone email reference version:inner pieces_version:inner indexed_with:inner updated_at`,
  ),
  "identity.client_identifier": person(
    { title: "Your numbers", why: WHO, key: ["client_id", "kind", "blind_index"] },
    "organisation_id:inner client_id:id kind value blind_index:keyed added_at",
  ),
  "identity.client_place": person(
    {
      title: "Keyed pieces of your address",
      why: "To find households, streets and postcodes that an agreement speaks of, without reading anybody’s address.",
      key: ["client_id"],
      given: "counted",
    },
    `organisation_id:inner client_id:id postcode_key:keyed street_key:keyed household_key:keyed
     postcode_stay:inner street_stay:inner household_stay:inner indexed_with:inner`,
  ),
  "identity.client_token": person(
    { title: "Search pieces of your details", why: FIND, key: ["token", "client_id"], given: "counted" },
    "organisation_id:inner token:keyed client_id:id",
  ),
  "identity.profile_edit": person(
    { title: "Changes of your details", why: HELP },
    "organisation_id:inner id:id client_id:id made_by:staff made_at outcomes content_hash:keyed number:inner",
  ),
  "identity.profile_conflict": person(
    { title: "Details that were written down in two ways", why: HELP },
    "organisation_id:inner id:id client_id:id field words proposed_by:staff proposed_at choice",
  ),
  "identity.client_person": person(
    { title: "Your number for counting", why: LINKING, key: ["client_id"], given: "through" },
    "organisation_id:inner client_id:id person_id:inner origin_person_id:inner own_client_id:inner",
  ),
  "identity.linking_state": person(
    { title: "How far your record was compared", why: LINKING, key: ["client_id"], given: "through" },
    "organisation_id:inner client_id:id keyed_with:inner linked_with:inner identity_version:inner linked_at:inner",
  ),
  "identity.blocking_key": person(
    { title: "Keyed pieces for comparing", why: LINKING, key: ["token", "client_id"], given: "through" },
    "token:keyed organisation_id:inner client_id:id",
  ),
  "identity.trait": person(
    {
      title: "Month of birth and sex, sealed for counting",
      why: FIGURES,
      key: ["client_id"],
      given: "through",
    },
    "organisation_id:inner client_id:id traits:inner identity_version:inner looked_at:inner",
  ),
  "identity.link_assertion": joint(
    LINKING,
    `id:id organisation_id_a:inner client_id_a:id organisation_id_b:inner client_id_b:id says evidence model made_by
     made_at`,
  ),
  "identity.link_review": joint(
    LINKING,
    `id:id organisation_id_a:inner client_id_a:id organisation_id_b:inner client_id_b:id reason repeat_of:id probability
     weight model same_needs different_needs most_clients comparison evidence_no opened_at closed_at outcome`,
  ),
  "identity.link_opinion": joint(
    LINKING,
    "id:id review_id:id evidence_no account_id:account organisation_id:inner member_id:staff says at taken_back_at",
  ),
  "identity.link_model": nobody(
    "How often details agree, over everybody.",
    "id made_at clients parameters frequencies",
  ),
};
