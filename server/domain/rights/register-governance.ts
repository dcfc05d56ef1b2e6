/** Lines of the register: agreements and looks, requests about rights, and the audit. */

import { HELP, type Line, nobody, person, staff } from "./register-line";

export const GOVERNANCE_LINES: Readonly<Record<string, Line>> = {
  "governance.audit_entry": person(
    {
      title: "Who looked at your record, and what they did",
      why: "So that nobody looks or changes anything unseen.",
      by: { column: "subjects", anything: true },
      given: "custom",
    },
    `id:id transaction:inner at organisation_id:inner account_id:account member_id:staff session_id:inner
     request_id:inner action subjects:id detail`,
  ),
  "governance.audit_subject": person(
    {
      title: "Which of those entries name you",
      why: "To find who looked, at once.",
      by: { column: "subject_id", anything: true },
      key: ["subject_id", "entry_id"],
      given: "counted",
    },
    "organisation_id:inner subject_id:id entry_id:id",
  ),
  "governance.agreement": nobody(
    "Agreements between organisations.",
    `id version organisation_id state terms terms_hash starts_on review_on ends_on notice_days purposes need_numbers
     made_by made_at changed_at proposed_at withdrawn_by withdrawn_organisation_id withdrawn_at last_day`,
  ),
  "governance.agreement_party": nobody(
    "Agreements between organisations.",
    "agreement_id version organisation_id gives receives signed_by signed_at signed_hash",
  ),
  "governance.agreement_cell": nobody(
    "Agreements between organisations.",
    "agreement_id version place detail member_group rests",
  ),
  "governance.agreement_comment": nobody(
    "Agreements between organisations.",
    "agreement_id version id organisation_id member_id words said_at",
  ),
  "governance.value_action": nobody(
    "What people want to do with what an agreement shares.",
    "organisation_id id agreement_id name member_group remains costs wanted made_at",
  ),
  "governance.data_asset": nobody(
    "Data sets that an organisation holds, each as a whole.",
    `organisation_id id name owner place detail restrictions used_for reviewed_on changed_at retired_at`,
  ),
  "governance.agreement_asset": nobody(
    "Data sets that an organisation holds, each as a whole.",
    "organisation_id asset_id agreement_id",
  ),
  "governance.agreement_use": nobody(
    "How often agreements were used, a number a day.",
    "agreement_id version organisation_id day place detail member_group looks",
  ),
  "governance.audit_check": nobody(
    "Checks of the chain of records of use.",
    `id at is_whole ok sealed waiting head_number head_hash anchors anchor_number anchored_at anchored_where
     empty_places fault bad_number bad_entry_id`,
  ),
  "governance.resident_code": person(
    { title: "Codes that open your own page", why: "So that you can see for yourself what is held." },
    `organisation_id:inner id:id client_id:id code_hash:keyed made_by:staff made_at expires_at revoked_at used_at
     wrong_dates:inner`,
  ),
  "governance.recording_basis": nobody(
    "On which basis the organisation holds what it records.",
    "organisation_id number purpose basis condition set_by set_at",
  ),
  "governance.look": person(
    { title: "When this organisation asked who else knows you", why: HELP },
    `organisation_id:inner id:id client_id:id member_id:staff purpose reason words:words asked answers:inner at day`,
  ),
  "governance.look_answer": person(
    {
      title: "When another organisation asked about you under an agreement",
      why: "So that you can see who was told what, and why.",
      key: ["look_id", "client_id"],
    },
    `organisation_id:inner look_id:id client_id:id asker_organisation_id:inner member_group purpose agreement_id:id
     version detail rests opened:inner rows:inner stay:inner at`,
  ),
  "governance.shared_list": nobody(
    "What lists by agreement were asked for; whom each showed stands with the looks.",
    "organisation_id id agreement_id version level asked within street rows is_cut action_id",
  ),
  "governance.list_own_client": person(
    { title: "Lists of this organisation in which you counted", why: HELP, key: ["list_id", "client_id"] },
    "organisation_id:inner list_id:id client_id:id row_no:inner",
  ),
  "governance.list_reading": staff(
    "Which rows of lists a member read again on a day, so that whoever gave them is told once.",
    "organisation_id list_id row_no member_id day",
  ),
  "casework.list_action": person(
    { title: "What was set out to be done after a list that you were in", why: HELP },
    `organisation_id:inner id:id list_id:id row_no:inner agreement_id:id level purpose asked client_id:id own_clients:inner
     place:words kind words:words seen:words member_id:staff due_on made_by:staff made_on outcome outcome_words:words
     closed_by:staff closed_on effect_id:id effect:words effect_on emptied_at`,
  ),
  "governance.break_glass": person(
    { title: "When this organisation opened your record elsewhere in an emergency", why: "To protect life." },
    `organisation_id:inner id:id member_id:inner member_name member_role organisation_name client_id:id
     giving_organisation_id:inner giving_organisation_name agreement_id:id version reason words:words hours opened_at
     ends_at ended_at found looks last_look_at`,
  ),
  "governance.break_glass_record": person(
    {
      title: "When another organisation opened your record in an emergency",
      why: "So that you can see that it was done.",
      key: ["glass_id", "client_id"],
    },
    "organisation_id:inner glass_id:id client_id:id made_at",
  ),
  "governance.break_glass_review": staff(
    "What officers said afterwards of an emergency access by a member of staff.",
    "organisation_id glass_id is_giver made_at verdict words decided_by decided_at",
  ),
  "governance.breach": staff(
    "Breaches of personal data, by whose access they came about.",
    `organisation_id id what about_kind about_id from_at until_at aware_at words people opened state commissioner
     commissioner_at no_risk_reason people_told_at closed_at made_by made_at`,
  ),
  "governance.statement": nobody(
    "What officers put their name to about how the organisation works.",
    "organisation_id id frame principle agreement_id content content_hash words signed_by signed_at",
  ),
  "governance.look_digest": nobody(
    "When officers were last told how often was looked.",
    "organisation_id told_on",
  ),
  "governance.rights_request": person(
    {
      title: "Your requests about your rights",
      why: "To answer you in time.",
      by: { column: "id", of: "governance.rights_person" },
    },
    `organisation_id:inner id:id kind state received_on way asker_kind asker words identity_way identity_on
     identity_by:staff acknowledged_on extended_on extended_because answer refused_because closed_on made_by:staff
     made_at`,
  ),
  "governance.rights_person": person(
    {
      title: "Which records a request is about",
      why: "To answer you in time.",
      key: ["request_id", "client_id"],
    },
    "organisation_id:inner request_id:id client_id:id",
  ),
  "governance.rights_pause": person(
    {
      title: "When a request waited for you",
      why: "To answer you in time.",
      by: { column: "request_id", of: "governance.rights_person" },
      key: ["request_id", "number"],
    },
    "organisation_id:inner request_id:id number from_on until_on because",
  ),
  "governance.redaction": person(
    {
      title: "What an officer read before a copy was given out",
      why: "To protect other people who are named in your record.",
      by: { column: "request_id", of: "governance.rights_person" },
      key: ["request_id", "place", "row_key", "column_name"],
    },
    `organisation_id:inner request_id:id place row_key:id column_name text_hash:keyed decision passages:inner because
     harm_by:staff decided_by:staff decided_at`,
  ),
  "governance.rights_pack": person(
    {
      title: "Copies that were made for you",
      why: "To give you a copy; what was made is destroyed after a week.",
      by: { column: "request_id", of: "governance.rights_person" },
    },
    `organisation_id:inner id:id request_id:id contents:inner sha256:inner made_by:staff made_at expires_at taken_at
     destroyed_at`,
  ),
  "governance.rectification": person(
    { title: "Corrections that you asked for", why: "To put right what is wrong." },
    `organisation_id:inner id:id request_id:id client_id:id outcome about before after disagreement made_by:staff
     made_at`,
  ),
  "governance.rights_recipient": person(
    {
      title: "Who was told of a change of your record",
      why: "Whoever was given something must hear when it is put right.",
      by: { column: "request_id", of: "governance.rights_person" },
    },
    "organisation_id:inner id:id request_id:id kind to_name way made_at told_at told_by:staff",
  ),
  "governance.rights_notice": person(
    { title: "What other organisations told this one about you", why: HELP },
    `organisation_id:inner id:id from_organisation_id:inner from_name client_id:id kind about made_at seen_at
     seen_by:staff`,
  ),
  "governance.rights_hold": person(
    {
      title: "Why your record may not be erased",
      why: "The law asks that some records are kept for a time.",
    },
    `organisation_id:inner id:id client_id:id kind reason:words review_on placed_by:staff placed_at lifted_by:staff
     lifted_at`,
  ),
  "governance.erasure_decision": person(
    {
      title: "What was decided when you asked for erasing",
      why: "To answer you.",
      by: { column: "request_id", of: "governance.rights_person" },
      key: ["request_id", "purpose"],
    },
    "organisation_id:inner request_id:id purpose decision because decided_by:staff decided_at done_at",
  ),
  "governance.erasure": person(
    { title: "What was erased", why: "So that it does not come back.", key: ["client_id", "purpose"] },
    "organisation_id:inner client_id:id purpose erased_at listed_at:inner",
  ),
  "governance.retention_rule": nobody(
    "How long records are kept.",
    "organisation_id record_type months source changed_by changed_at",
  ),
  "governance.retention_run": nobody(
    "Lists of records whose time is over.",
    "organisation_id id state on_day made_by made_at confirmed_by confirmed_at done_at deleted",
  ),
  "governance.retention_item": person(
    {
      title: "Lists in which your record stood because its time was over",
      why: "So that nothing is kept for longer than needed.",
      key: ["run_id", "client_id"],
    },
    "organisation_id:inner run_id:id client_id:id record_type last_on due_on kept_because outcome held",
  ),
  "governance.objection": person(
    { title: "Your objections", why: "To keep to what you said." },
    `organisation_id:inner id:id client_id:id against made_through made_by:staff made_at state decided_by:staff
     decided_at because`,
  ),
  "governance.audit_unsealed": nobody("Entries that wait for their seal.", "entry_id"),
  "governance.audit_seal": nobody("Seals of entries.", "number entry_id hash proof sealed_at"),
  "governance.audit_anchor": nobody("Copies of seals.", "seal_number hash anchored_at"),
};
