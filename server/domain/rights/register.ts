/**
 * What is held about a person, and where: a line for every table and every column of every schema. A line says how its
 * rows belong to somebody, or why they are about nobody who could ask for them here. The subject access pack, erasing
 * and their proofs walk these lines; a test reads the database itself and fails when a table or a column has none.
 */

/**
 * How a column is given to the person it is about.
 * fact: as it is kept. id: names a row, kept for programs that read the pack. staff: a member of the organisation, by
 * name. service: a service, by name. need: a need, by its words. words: free words, which may name somebody else: an
 * officer reads them first. account: who signed in, which the member says already. keyed: a fingerprint that nobody can
 * read back. inner: how the software keeps the row. The last three are explained and not given.
 */
export type ColumnKind =
  | "fact"
  | "id"
  | "staff"
  | "service"
  | "need"
  | "words"
  | "account"
  | "keyed"
  | "inner";

const KINDS: ReadonlySet<string> = new Set<ColumnKind>([
  "fact",
  "id",
  "staff",
  "service",
  "need",
  "words",
  "account",
  "keyed",
  "inner",
]);

const isKind = (text: string): text is ColumnKind => KINDS.has(text);

export type Columns = Readonly<Record<string, ColumnKind>>;

/**
 * By which column a row belongs to a person. `of`: the column names a row of that table, which belongs to somebody in
 * its turn; none: it names the client. `anything`: it may name any row that is theirs.
 */
export interface Path {
  column: string;
  of?: string;
  anything?: true;
  /** The column names several clients. */
  list?: true;
}

/** A table with rows about people who are clients of one organisation. */
export interface PersonLine {
  about: "person";
  /** What the rows are, as a heading: "Contacts". */
  title: string;
  /** Why the organisation keeps them, in plain words. */
  why: string;
  by: Path;
  /** What tells its rows apart within the organisation. */
  key: readonly string[];
  /**
   * rows: each row is given. counted: rows hold nothing that can be read, and their number is given. through: the web's
   * login may not read them; their number comes from `identity.kept_for_linking`. custom: rows hold more than one person,
   * and what is not theirs is taken out as the register's owner (`subject-pack.ts`) says.
   */
  given: "rows" | "counted" | "through" | "custom";
  columns: Columns;
}

/**
 * A table without rows that one organisation would give to a person.
 * joint: kept for all organisations together, under their joint arrangement. pseudonym: of people, without any way back
 * for whoever reads it. sealed: closed as a whole, to be asked of whoever sent it. staff: about people who work here.
 * nobody: not about people.
 */
export interface OtherLine {
  about: "joint" | "pseudonym" | "sealed" | "staff" | "nobody";
  why: string;
  columns: Columns;
}

export type Line = PersonLine | OtherLine;

/** Columns as words: "id:id note:words occurred_on", a fact where nothing is said. Throws for a kind there is not. */
function columns(text: string): Columns {
  return Object.fromEntries(
    text
      .trim()
      .split(/\s+/)
      .map((word) => {
        const [name = "", kind = "fact"] = word.split(":");
        if (!isKind(kind)) throw new Error(`There is no kind of column ${kind}`);
        return [name, kind];
      }),
  );
}

interface PersonWords {
  title: string;
  why: string;
  by?: Path;
  key?: readonly string[];
  given?: PersonLine["given"];
}

const person = (words: PersonWords, text: string): PersonLine => ({
  about: "person",
  by: { column: "client_id" },
  key: ["id"],
  given: "rows",
  ...words,
  columns: columns(text),
});

const other =
  (about: OtherLine["about"]) =>
  (why: string, text: string): OtherLine => ({ about, why, columns: columns(text) });

const joint = other("joint");
const pseudonym = other("pseudonym");
const sealed = other("sealed");
const staff = other("staff");
const nobody = other("nobody");

const HELP = "To help you, and to know what was done and agreed.";
const WHO = "To know who you are, and to find your record again.";
const FIND = "To find your record by what is typed, without reading everybody’s.";
const LINKING =
  "To count each person once. The organisations here do this together; no worker sees it, and what it says of other organisations is not this organisation’s to give.";
const FIGURES =
  "To count people. It is kept by a pseudonym that cannot be turned back, so nobody can look up a person in it.";
const SIGN_IN = "To sign staff in.";
const PUBLISHED = "Published figures: numbers that nobody can be found in.";
const REFERENCE = "Reference data: needs, places and services.";

export const REGISTER: Readonly<Record<string, Line>> = {
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
     commissioner_at people_told_at closed_at made_by made_at`,
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

  "lab.data_holder": nobody("Which organisations hold outcome data.", "organisation_id since"),
  "lab.data_set": nobody(
    "What outcome data there is.",
    `organisation_id id name codebook codebook_hash digest people index_records events loaded_at loaded_by withdrawn_at
     withdrawn_by`,
  ),
  "lab.data_set_block": sealed(
    "Outcome data for studies, closed as a whole: only the software opens it, for a study, and nobody reads it. Ask whoever gave it to the organisation.",
    "organisation_id data_set_id block identities covariates events",
  ),
  "lab.data_set_load": nobody("When outcome data was loaded.", "organisation_id upload_id load made_at"),
  "lab.overlap": pseudonym(FIGURES, "organisation_id study_id era run_at slots"),
  "lab.receipt": nobody(
    "That what was sent for a study was destroyed.",
    `organisation_id upload_id kind subject_id ended destroyed_at byte_count pieces sha256 sent_by seconded_by`,
  ),
  "lab.study": nobody(
    "Studies: plans and results, without people.",
    `organisation_id id number state version plan made_by made_at changed_at asked_by asked_at seconded_by fixed_at
     returned_because question questioned_at canonical plan_hash holder_organisation_id upload_id stage send_again refused fault_id numbers
     ran_at counted_on software ready_at signed_by_account signed_at published_by published_at withdrawn_by
     withdrawn_at`,
  ),
  "lab.upload": nobody(
    "Files on their way to a study.",
    `organisation_id id kind subject_id asked_by asked_at state keeper public_key keyed_at pieces byte_count sent_at`,
  ),
  "lab.upload_piece": sealed(
    "Files on their way to a study: sealed, read once, and destroyed within minutes.",
    "organisation_id upload_id number bytes",
  ),

  "statistics.changed_person": pseudonym(
    "Whom to count again; a row is gone within seconds.",
    "id transaction person_id since marked_at",
  ),
  "statistics.presence": pseudonym(
    FIGURES,
    "person_key financial_year need_number release_sector months settled anonymous",
  ),
  "statistics.settled_change": pseudonym(FIGURES, "period settle_no person_key need_number release_sector"),
  "statistics.person_trait": pseudonym(FIGURES, "person_key from_settlement traits"),
  "statistics.panel_presence": pseudonym(
    FIGURES,
    "person_key financial_year need_number release_sector settled settled_next",
  ),
  "statistics.panel_change": pseudonym(
    FIGURES,
    "slice period settle_no person_key need_number release_sector",
  ),
  "statistics.cell": pseudonym(FIGURES, "area node slice period people cell_key refresh_no changed"),
  "statistics.impact_set": pseudonym(
    FIGURES,
    "area measure period settle_no source_period source_settle_no figure members estimate",
  ),
  "statistics.basis": nobody("What figures rest on.", "name fingerprint"),
  "statistics.settlement": nobody("When periods settled.", "period settle_no settled_on release_no"),
  "statistics.settlement_order": nobody("When periods settled.", "number period settle_no"),
  "statistics.settled_cell": nobody(
    PUBLISHED,
    "area node slice period settle_no source_period source_settle_no figure anonymous_band",
  ),
  "statistics.reporter": nobody("Who reports where.", "period area reporter figure"),
  "statistics.panel_unit": nobody("Who reports where.", "financial_year type area reporter"),
  "statistics.panel_settlement": nobody("When periods settled.", "slice period settle_no"),
  "statistics.settled_panel_cell": nobody(
    PUBLISHED,
    "slice period area node source_slice source_period source_settle_no figure",
  ),
  "statistics.settled_pair": nobody(
    PUBLISHED,
    "period area domain_a domain_b source_period source_settle_no figure",
  ),
  "statistics.ward_area": nobody("Wards of a settled year.", "period ward authority households"),
  "statistics.impact_settlement": nobody("When periods settled.", "area period settle_no"),

  "published.clock": nobody(PUBLISHED, "financial_year node slice area slot silent_slots"),
  "published.clock_choice": nobody(PUBLISHED, "financial_year chosen_on from_period"),
  "published.coverage": nobody(PUBLISHED, "period area organisations_band changed"),
  "published.event": nobody(PUBLISHED, "id at kind period"),
  "published.figure": nobody(PUBLISHED, "node slice period area figure anonymous_band release_no"),
  "published.figures_mark": nobody(PUBLISHED, "id mark"),
  "published.frozen_bytes": nobody(PUBLISHED, "sha256 size compressed"),
  "published.open_figure": nobody(PUBLISHED, "node slice period area figure"),
  "published.pair_figure": nobody(PUBLISHED, "period area domain_a domain_b figure release_no"),
  "published.panel": nobody(PUBLISHED, "financial_year type area reporters"),
  "published.passed_slot": nobody(PUBLISHED, "slot slot_at looked_at"),
  "published.release": nobody(PUBLISHED, "number made_on made_at summary"),
  "published.release_file": nobody(PUBLISHED, "release_no name media_type sha256 size rows frozen_at later"),
  "published.release_part": nobody(
    PUBLISHED,
    "release_no name position sha256 period level area_from area_to rows",
  ),
  "published.reporting": nobody(PUBLISHED, "area reporter name first_month last_month"),
  "published.settled_period": nobody(PUBLISHED, "period settled_on release_no revised_on"),
  "published.study": nobody(
    PUBLISHED,
    `number study_id organisation_name intervention data_set_name finding sent compared record published_on published_at
     withdrawn_on`,
  ),
  "published.study_file": nobody(PUBLISHED, "number name position media_type sha256 size"),
  "published.superseded_figure": nobody(
    PUBLISHED,
    "node slice period area figure from_release_no until_release_no",
  ),

  "reference.area": nobody(REFERENCE, "number level code name"),
  "reference.area_alias": nobody(REFERENCE, "financial_year area same_as"),
  "reference.bank_holiday": nobody(REFERENCE, "calendar day name"),
  "reference.best_fit": nobody(
    REFERENCE,
    "financial_year area households_elsewhere households_from_elsewhere",
  ),
  "reference.boundary": nobody(
    REFERENCE,
    "financial_year area tolerance_metres geometry west south east north",
  ),
  "reference.demo_world": nobody(
    REFERENCE,
    "id seed size loaded_on arrived_until week_ends_on week_contacts",
  ),
  "reference.deprivation": nobody(REFERENCE, "edition small_area nation rank decile domains"),
  "reference.directory_change": nobody(
    REFERENCE,
    "id entry_id organisation_id organisation_name field value changed_on changed_at undone_at",
  ),
  "reference.directory_entry": nobody(
    REFERENCE,
    "id source external_id organisation_id service_id stated digest missing_since withdrawn_on",
  ),
  "reference.directory_source": nobody(REFERENCE, "number name"),
  "reference.directory_state": nobody(REFERENCE, "id version"),
  "reference.edition": nobody(REFERENCE, "number kind name month geography states_status loaded_at"),
  "reference.event_marker": nobody(
    REFERENCE,
    `id organisation_id organisation_name kind title happens_on areas comparison expected reason written_on figures_until
     written_at`,
  ),
  "reference.event_note": nobody(
    REFERENCE,
    "id event_id organisation_id organisation_name text withdraws written_on written_at",
  ),
  "reference.geography": nobody(REFERENCE, "financial_year version built_at"),
  "reference.indicator": nobody(REFERENCE, "code name definition source unit edition"),
  "reference.indicator_value": nobody(
    REFERENCE,
    "code edition area_code time_period area_name value low high",
  ),
  "reference.installation": nobody(REFERENCE, "id demo clock_offset_ms calendar"),
  "reference.need": nobody(
    REFERENCE,
    `number code domain_number label definition synonyms framework framework_domain indicators severity_hint sensitive
     retired_on replaced_by taxonomy_version`,
  ),
  "reference.need_domain": nobody(REFERENCE, "number code label"),
  "reference.place_name": nobody(REFERENCE, "code level name"),
  "reference.postcode": nobody(
    REFERENCE,
    `postcode edition sector district live small_user easting northing latitude longitude small_area_2011
     small_area_2021 ward authority region nation`,
  ),
  "reference.release_sector": nobody(
    REFERENCE,
    `financial_year number district authority region nation households residents live_postcodes deprivation_mix
     deprivation_edition average_decile`,
  ),
  "reference.release_sector_part": nobody(REFERENCE, "financial_year sector release_sector"),
  "reference.sector": nobody(
    REFERENCE,
    "code district live_postcodes live_small_user_postcodes households residents",
  ),
  "reference.small_area": nobody(
    REFERENCE,
    "geography code name households households_edition residents residents_edition",
  ),
  "reference.small_area_lookup": nobody(REFERENCE, "code_2011 code_2021 change"),
};

/** The lines with rows about people, by table. */
export const PERSON_LINES: readonly (PersonLine & { place: string })[] = Object.entries(REGISTER).flatMap(
  ([place, line]) => (line.about === "person" ? [{ place, ...line }] : []),
);

/** Why tables are not in a pack row by row, each reason once. */
export const EXPLAINED: readonly { about: OtherLine["about"]; why: string }[] = [
  ...new Map(
    Object.values(REGISTER).flatMap((line) =>
      line.about === "joint" || line.about === "pseudonym" || line.about === "sealed"
        ? [[line.why, { about: line.about, why: line.why }] as const]
        : [],
    ),
  ).values(),
];

/**
 * Lines that the database's own tables lack, and columns: what the test of the register must find empty. `tables` maps a
 * table with its schema to its columns.
 */
export function missingLines(tables: ReadonlyMap<string, readonly string[]>): {
  tables: string[];
  columns: string[];
  gone: string[];
} {
  const known = Object.entries(REGISTER);
  return {
    tables: [...tables.keys()].filter((table) => !(table in REGISTER)),
    columns: [...tables].flatMap(([table, names]) =>
      names
        .filter((name) => table in REGISTER && !(name in (REGISTER[table]?.columns ?? {})))
        .map((name) => `${table}.${name}`),
    ),
    gone: known.flatMap(([table, { columns }]) => {
      const names = tables.get(table);
      if (!names) return [table];
      return Object.keys(columns)
        .filter((name) => !names.includes(name))
        .map((name) => `${table}.${name}`);
    }),
  };
}
