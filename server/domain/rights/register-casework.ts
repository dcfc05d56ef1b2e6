/** Lines of the register: the work with people, those who do it, and how it is summed up. */

import { HELP, type Line, nobody, person, SIGN_IN, staff } from "./register-line";

export const CASEWORK_LINES: Readonly<Record<string, Line>> = {
  "casework.client": person(
    { title: "Your record", why: HELP, by: { column: "id" } },
    `organisation_id:inner id:id anonymous reference created_by:staff created_at closed_on assigned_to:staff
     assigned_at`,
  ),
  "casework.contact": person(
    { title: "Contacts with you", why: HELP },
    `organisation_id:inner id:id client_id:id service_id:service member_id:staff occurred_on channel received_no:inner
     received_at device_claimed_at late_reason_sealed:words late_reason:words consent corrects:id place_kind
     release_sector:inner small_area ward authority nation deprivation_decile deprivation_edition:inner
     postcode_edition:inner note:words note_removed_at note_removed_by:staff note_removal:words content_hash:keyed
     voided_at void_reason_sealed:words void_reason:words voided_by:staff`,
  ),
  "casework.issue": person(
    { title: "Needs that you brought", why: HELP },
    "organisation_id:inner id:id client_id:id need_number:need taxonomy_version:inner label_sealed:words label:words",
  ),
  "casework.issue_entry": person(
    {
      title: "What was said of your needs at each contact",
      why: HELP,
      by: { column: "contact_id", of: "casework.contact" },
      key: ["contact_id", "issue_id"],
    },
    "organisation_id:inner contact_id:id issue_id:id need_number:need status severity ours",
  ),
  "casework.action": person(
    { title: "What somebody has to do for you", why: HELP },
    `organisation_id:inner id:id client_id:id issue_id:id title:words due_on member_id:staff created_at changed_at
     done_at done_by:staff outcome`,
  ),
  "casework.reassigned_client": person(
    {
      title: "When another worker took over",
      why: HELP,
      key: ["reassignment_id", "client_id"],
    },
    "organisation_id:inner reassignment_id:id client_id:id from_member:staff action_ids:id",
  ),
  "casework.reassignment": staff(
    "Moves of people from one worker to another; each person’s part is a row of its own.",
    "organisation_id id to_member made_by made_at undone_at",
  ),
  "casework.consent": person(
    { title: "What you said about sharing", why: HELP },
    `organisation_id:inner id:id client_id:id kind answer answered_on how words_version capacity
     capacity_note:words child expires_on asked_by:staff contact_id:id referral_id:id recorded_no:inner`,
  ),
  "casework.closing": person(
    { title: "Closing and opening of your record", why: HELP },
    `organisation_id:inner id:id client_id:id kind on_day because reason:words made_by:staff contact_id:id handed_on:id
     number:inner`,
  ),
  "casework.early_help_answer": person(
    { title: "Whether early help would fit you", why: HELP },
    `organisation_id:inner id:id client_id:id answer because answered_on member_id:staff`,
  ),
  "casework.instrument_score": person(
    { title: "Scores", why: HELP },
    `organisation_id:inner id:id instrument_id:id client_id:id contact_id:id scored_on score member_id:staff recorded_at
     voided_at voided_by:staff void_reason:words`,
  ),
  "casework.referral": person(
    { title: "Referrals to other services", why: HELP },
    `organisation_id:inner id:id client_id:id way to_organisation_id:inner to_service_id:id to_directory_id:inner to_name
     to_organisation_name to_email to_phone sent_by:staff sent_by_name sent_at shared details message:words consent_on
     consent_how consent_words content_hash:keyed`,
  ),
  "casework.referral_issue": person(
    {
      title: "Needs that were handed over",
      why: HELP,
      by: { column: "referral_id", of: "casework.referral" },
      key: ["referral_id", "position"],
    },
    "organisation_id:inner referral_id:id position issue_id:id need_number:need severity label:words",
  ),
  "casework.referral_event": person(
    {
      title: "What came of your referrals",
      why: HELP,
      by: { column: "referral_id", of: "casework.referral" },
    },
    `organisation_id:inner id:id referral_id:id position kind how at by_organisation_id:inner by_member_id:staff by_name
     reason words:words outcomes`,
  ),
  "casework.referral_link": person(
    {
      title: "Links that were sent with a referral",
      why: HELP,
      by: { column: "referral_id", of: "casework.referral" },
    },
    "organisation_id:inner id:id referral_id:id token_hash:keyed expires_at ended_at",
  ),
  "casework.referral_receipt": person(
    {
      title: "Referrals by which you came here",
      why: HELP,
      key: ["from_organisation_id", "referral_id"],
    },
    "organisation_id:inner from_organisation_id:inner referral_id:id taken_by:staff client_id:id erased_at",
  ),
  "casework.story": person(
    { title: "Your story", why: "To tell others what help can do, as far as you said yes." },
    `organisation_id:inner id:id client_id:id state revision words:words who:words written_by:staff written_at
     checked_by:staff checked_at retired_at`,
  ),
  "casework.story_consent": person(
    {
      title: "What you said about your story",
      why: "To tell your story to nobody but whom you said yes to.",
      by: { column: "story_id", of: "casework.story" },
    },
    `organisation_id:inner id:id story_id:id audiences answered_on until_on how words_version revision asked_by:staff
     recorded_at`,
  ),
  "casework.summary": person(
    {
      title: "Summaries that tell your story",
      why: "To show what came of the organisation’s work.",
      by: { column: "stories", of: "casework.story" },
      given: "custom",
    },
    `organisation_id:inner id:id series_id:id version programme_id:inner plan:inner stories:words state attempts:inner
     cut_off:inner counted_on method:inner software:inner exact_numbers:inner figure_numbers:inner paper:inner
     changes:inner trace:inner made_by:staff schedule_id:id asked_at:inner ready_at told_at:inner fault_id:inner
     refused:inner`,
  ),
  "casework.summary_file": nobody(
    "Files of summaries: numbers, and stories, which the summary itself names.",
    "organisation_id summary_id name position media_type bytes sha256 erased_at",
  ),
  "casework.erased": nobody(
    "Numbers of records that were erased, so that none comes back. Nobody’s name can be found by them.",
    "organisation_id id",
  ),

  "casework.organisation": nobody("Organisations.", "id name profession created_at"),
  "casework.service": nobody(
    "Services.",
    "organisation_id id name team_name team_phone team_email closed_on created_at",
  ),
  "casework.service_need": nobody(
    "What services show first.",
    "organisation_id service_id need_number position",
  ),
  "casework.account": staff(SIGN_IN, "id email name password_hash disabled_at created_at"),
  "casework.member": staff(
    "To know who works here.",
    "organisation_id id account_id roles service_id patch not_seen_days ended_at created_at",
  ),
  "casework.session": staff(
    SIGN_IN,
    `id account_id organisation_id member_id created_at seen_at revoked_at device device_id second_factor_at
     stepped_up_at locked_at challenge challenged_at`,
  ),
  "casework.device": staff(SIGN_IN, "account_id id name key_id last_seen_at revoked_at"),
  "casework.second_factor": staff(
    SIGN_IN,
    "account_id secret pending_secret pending_at confirmed_at last_step failures",
  ),
  "casework.recovery_code": staff(SIGN_IN, "account_id slot code_hash used_at"),
  "casework.password_link": staff(SIGN_IN, "token_hash account_id purpose expires_at used_at"),
  "casework.sign_in_provider": nobody(
    "With which provider an organisation’s staff sign in.",
    `organisation_id id issuer client_id client_secret scopes trusts_second_factor acr_values is_on changed_at`,
  ),
  "casework.sign_in_subject": staff(
    SIGN_IN,
    "organisation_id id provider_id print code code_made_at member_id linked_at linked_by seen_at",
  ),
  "casework.sign_in_session": staff(
    SIGN_IN,
    "organisation_id id subject_id token token_kind is_second_factor_theirs checked_at asked_at unreached_at",
  ),
  "casework.throttle": staff("To slow down guessing.", "bucket window_start attempts"),
  "casework.calendar_feed": staff(
    "The address of a worker’s calendar.",
    "organisation_id id member_id token_hash made_at fetched_at",
  ),
  "casework.crisis_card": nobody(
    "What to do in a crisis.",
    "organisation_id need_number title words phones reviewed_on",
  ),
  "casework.instrument": nobody(
    "Scales for scores.",
    "organisation_id id name lowest highest step direction closed_at",
  ),
  "casework.early_help_setting": nobody(
    "Whether workers are asked to think of early help.",
    "organisation_id is_on",
  ),
  "casework.need_pair": nobody(
    "How often needs come together, over everybody.",
    `organisation_id need_number other_number people_with people_other people_both everyone computed_on`,
  ),
  "casework.own_framework": nobody("Outcomes of funders.", "organisation_id id name funder closed_at"),
  "casework.own_framework_version": nobody(
    "Outcomes of funders.",
    "organisation_id framework_id version lines made_by made_at",
  ),
  "casework.unit_cost": nobody(
    "What outcomes cost.",
    `organisation_id id name basis path value low high source year confidence changed_at closed_at`,
  ),
  "casework.programme": nobody(
    "Organisations that count together.",
    "organisation_id id name purpose made_by made_at",
  ),
  "casework.programme_invitation": nobody(
    "Organisations that count together.",
    "organisation_id id programme_id invited_organisation_id invited_by invited_at withdrawn_by withdrawn_at",
  ),
  "casework.programme_agreement": nobody(
    "Organisations that count together.",
    `organisation_id id lead_organisation_id programme_id words agreed_by agreed_at ended_by ended_at`,
  ),
  "casework.summary_template": nobody("Plans of summaries.", "organisation_id id name plan made_by made_at"),
  "casework.summary_schedule": nobody(
    "Plans of summaries.",
    `organisation_id id name plan every next_period made_by made_at stopped_at broken_at told_at`,
  ),
  "casework.summary_notice": staff(
    "Who is told that a summary is ready.",
    "organisation_id about_id member_id tries tried_at told_at",
  ),
};
