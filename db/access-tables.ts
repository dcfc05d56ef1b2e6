/** Every table with who may touch it: exactly one line each; a test fails when one is missing. */

/**
 * Which rows `app` sees.
 * organisation: rows of the transaction's organisation.
 * sign-in: only inside a transaction for sign-in, for an operator's command, or of an administrator at work.
 * none: no rows through a policy (no grant either).
 * shared: every row to read; to write only those of the transaction's organisation, or any at administration.
 * known: the same, for `app` alone: what organisations here know of each other and the public does not.
 * open: not about anybody; no row-level security.
 */
type Rows = "organisation" | "sign-in" | "none" | "shared" | "known" | "open";

export interface Line {
  rows: Rows;
  app?: string;
  stats?: string;
  reader?: string;
  /** Column of the organisation when it is not `organisation_id`. */
  column?: string;
  /** Another condition under which `app` sees a row. */
  or?: string;
  /** Rows the owner reaches inside the functions of `functions.sql` and `linking.sql`. */
  owner?: true;
  /** Every row for `stats`. */
  statsRows?: true;
}

/** A transaction for sign-in, for an operator's command, or of an administrator at work. */
export const forSignIn =
  "(select current_setting('app.purpose', true) in ('sign-in', 'operator') or casework.administers())";

export const TABLES: Readonly<Record<string, Line>> = {
  "identity.client_identity": {
    rows: "organisation",
    app: "select, insert, update",
    stats: "select (organisation_id, client_id, date_of_birth_index)",
    owner: true,
    statsRows: true,
  },
  "identity.client_identifier": {
    rows: "organisation",
    app: "select, insert, delete",
    stats: "select (organisation_id, client_id, kind, blind_index)",
    owner: true,
    statsRows: true,
  },
  "identity.client_place": { rows: "organisation", app: "select, insert, update, delete", owner: true },
  "identity.client_token": { rows: "organisation", app: "select, insert, delete", owner: true },
  "identity.profile_edit": { rows: "organisation", app: "select, insert", owner: true },
  "identity.profile_conflict": {
    rows: "organisation",
    app: "select, insert, update (choice)",
    owner: true,
  },
  "identity.client_person": { rows: "none", owner: true },
  "identity.link_assertion": { rows: "none", owner: true },
  "identity.linking_state": { rows: "none", owner: true },
  "identity.blocking_key": { rows: "none", owner: true },
  "identity.link_model": { rows: "none", owner: true },
  "identity.link_review": { rows: "none", owner: true },
  "identity.link_opinion": { rows: "none", owner: true },
  "identity.trait": { rows: "none", owner: true },

  "casework.organisation": {
    rows: "organisation",
    column: "id",
    or: forSignIn,
    app: "select, insert, update",
    stats: "select",
    owner: true,
    statsRows: true,
  },
  "casework.service": { rows: "organisation", app: "select, insert, update", owner: true },
  "casework.service_need": { rows: "organisation", app: "select, insert, update, delete", owner: true },
  "casework.account": {
    rows: "sign-in",
    or: "exists (select 1 from casework.member as m where m.account_id = account.id)",
    app: "select, insert, update",
    owner: true,
  },
  "casework.member": { rows: "organisation", or: forSignIn, app: "select, insert, update", owner: true },
  "casework.session": { rows: "sign-in", app: "select, insert, update", owner: true },
  "casework.device": { rows: "sign-in", app: "select, insert, update", owner: true },
  "casework.second_factor": { rows: "sign-in", app: "select, insert, update, delete", owner: true },
  "casework.recovery_code": { rows: "sign-in", app: "select, insert, update, delete" },
  "casework.sign_in_provider": {
    rows: "organisation",
    or: forSignIn,
    app: "select, insert, update",
    owner: true,
  },
  "casework.sign_in_subject": {
    rows: "organisation",
    or: forSignIn,
    app: "select, insert, update, delete",
  },
  "casework.sign_in_session": {
    rows: "organisation",
    or: forSignIn,
    app: "select, insert, update, delete",
    owner: true,
  },
  "casework.password_link": { rows: "sign-in", app: "select, insert, update, delete" },
  "casework.throttle": { rows: "sign-in", app: "select, insert, update, delete" },
  "casework.client": {
    rows: "organisation",
    app: "select, insert, update",
    stats: "select (organisation_id, id, anonymous)",
    owner: true,
    statsRows: true,
  },
  "casework.contact": {
    rows: "organisation",
    app: "select, insert, update (voided_at, void_reason_sealed, voided_by, note, note_removed_at, note_removed_by, note_removal)",
    stats:
      "select (organisation_id, id, client_id, occurred_on, received_no, release_sector, ward, voided_at)",
    owner: true,
    statsRows: true,
  },
  "casework.issue": { rows: "organisation", app: "select, insert", owner: true },
  "casework.issue_entry": {
    rows: "organisation",
    app: "select, insert",
    stats: "select (organisation_id, contact_id, issue_id, need_number, status)",
    owner: true,
    statsRows: true,
  },
  "casework.action": { rows: "organisation", app: "select, insert, update", owner: true },
  "casework.list_action": {
    rows: "organisation",
    app: "select, insert, update (outcome, outcome_words, closed_by, closed_on, effect_id, effect, effect_on, place, words, seen, emptied_at)",
    owner: true,
  },
  "casework.reassignment": { rows: "organisation", app: "select, insert, update (undone_at)" },
  "casework.reassigned_client": { rows: "organisation", app: "select, insert", owner: true },
  "casework.calendar_feed": {
    rows: "organisation",
    or: forSignIn,
    app: "select, insert, update (token_hash, made_at, fetched_at), delete",
  },
  "casework.crisis_card": { rows: "organisation", app: "select, insert, update" },
  "casework.instrument": { rows: "organisation", app: "select, insert, update" },
  "casework.instrument_score": {
    rows: "organisation",
    app: "select, insert, update (voided_at, voided_by, void_reason)",
    owner: true,
  },
  "casework.consent": { rows: "organisation", app: "select, insert", owner: true },
  "casework.closing": { rows: "organisation", app: "select, insert", owner: true },
  "casework.early_help_setting": { rows: "organisation", app: "select, insert, update" },
  // Gone when a manager switches the question off.
  "casework.early_help_answer": { rows: "organisation", app: "select, insert, delete", owner: true },
  "casework.erased": { rows: "organisation", app: "select", owner: true },
  "casework.referral": { rows: "organisation", app: "select, insert", owner: true },
  "casework.referral_issue": { rows: "organisation", app: "select, insert", owner: true },
  "casework.referral_event": { rows: "organisation", app: "select", owner: true },
  "casework.referral_link": { rows: "organisation", app: "select, insert, update (ended_at)", owner: true },
  "casework.referral_receipt": {
    rows: "organisation",
    app: "select, insert, update (taken_by, client_id)",
    owner: true,
  },
  "casework.need_pair": { rows: "organisation", app: "select, insert, delete" },
  "casework.own_framework": { rows: "organisation", app: "select, insert, update" },
  "casework.own_framework_version": { rows: "organisation", app: "select, insert" },
  "casework.unit_cost": { rows: "organisation", app: "select, insert, update" },
  "casework.story": { rows: "organisation", app: "select, insert, update", owner: true },
  "casework.story_consent": { rows: "organisation", app: "select, insert", owner: true },
  // What is agreed to does not change.
  "casework.programme": { rows: "organisation", app: "select, insert", owner: true },
  "casework.programme_invitation": {
    rows: "organisation",
    app: "select, insert, update (withdrawn_by, withdrawn_at)",
    owner: true,
  },
  "casework.programme_agreement": {
    rows: "organisation",
    app: "select, insert, update (ended_by, ended_at)",
    owner: true,
  },
  // What was asked for and which version it is stands; a trigger keeps what is ready.
  "casework.summary": {
    rows: "organisation",
    app: "select, insert, update (state, attempts, cut_off, counted_on, method, software, exact_numbers, figure_numbers, paper, changes, trace, ready_at, told_at, fault_id, refused)",
    owner: true,
  },
  "casework.summary_file": { rows: "organisation", app: "select, insert", owner: true },
  "casework.summary_template": {
    rows: "organisation",
    app: "select, insert, update (name, plan), delete",
  },
  "casework.summary_schedule": {
    rows: "organisation",
    app: "select, insert, update (name, plan, every, next_period, stopped_at, broken_at, told_at)",
  },
  "casework.summary_notice": {
    rows: "organisation",
    app: "select, insert, update (tries, tried_at, told_at)",
  },

  "reference.installation": {
    rows: "open",
    app: "select",
    stats: "select, update (clock_offset_ms)",
    reader: "select",
  },
  "reference.demo_world": {
    rows: "open",
    app: "select, update (week_ends_on, week_contacts)",
  },
  "reference.bank_holiday": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.need_domain": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.need": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.edition": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.postcode": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.place_name": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.small_area": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.small_area_lookup": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.deprivation": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.sector": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.area": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.geography": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.release_sector_part": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.release_sector": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.area_alias": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.best_fit": { rows: "open", app: "select", stats: "select", reader: "select" },
  "reference.indicator": { rows: "open", reader: "select" },
  "reference.indicator_value": { rows: "open", reader: "select" },
  "reference.boundary": { rows: "open", app: "select", stats: "select", reader: "select" },

  "reference.directory_state": { rows: "open", app: "select, update (version)", reader: "select" },
  "reference.directory_source": { rows: "open", app: "select", reader: "select" },
  "reference.directory_entry": {
    rows: "shared",
    app: "select, insert, update (stated, digest, withdrawn_on)",
    reader: "select",
    owner: true,
  },
  // Written once and never changed: there is no right to.
  "reference.event_marker": { rows: "shared", app: "select, insert", reader: "select" },
  "reference.event_note": { rows: "shared", app: "select, insert", reader: "select" },
  "reference.directory_change": {
    rows: "shared",
    app: "select, insert, update (undone_at)",
    reader: "select",
    owner: true,
  },

  "statistics.changed_person": { rows: "open", stats: "select, insert, delete" },
  "statistics.presence": { rows: "open", stats: "select, insert, update, delete" },
  "statistics.settled_change": { rows: "open", stats: "select, insert, delete" },
  "statistics.cell": { rows: "open", stats: "select, insert, update, delete" },
  "statistics.basis": { rows: "open", stats: "select, insert, update" },
  "statistics.settlement": { rows: "open", stats: "select, insert, update, delete" },
  "statistics.person_trait": { rows: "open", stats: "select, insert, update, delete" },
  "statistics.settlement_order": { rows: "open", stats: "select, insert" },
  "statistics.settled_cell": { rows: "open", stats: "select, insert, update, delete" },

  "statistics.reporter": { rows: "open", stats: "select, insert, delete" },
  "statistics.panel_unit": { rows: "open", stats: "select, insert, delete" },
  "statistics.panel_settlement": { rows: "open", stats: "select, insert, update" },
  "statistics.panel_presence": { rows: "open", stats: "select, insert, update" },
  "statistics.panel_change": { rows: "open", stats: "select, insert" },
  "statistics.settled_panel_cell": { rows: "open", stats: "select, insert, delete" },
  "statistics.settled_pair": { rows: "open", stats: "select, insert, delete" },
  // For those whom an agreement lets see wards, through `governance.ward_figures` alone.
  "statistics.ward_area": { rows: "open", stats: "select, insert" },
  "statistics.impact_settlement": { rows: "open", stats: "select, insert, update" },
  "statistics.impact_set": { rows: "open", stats: "select, insert" },

  "published.figure": { rows: "open", stats: "select, insert, update, delete", reader: "select" },
  "published.figures_mark": { rows: "open", reader: "select" },
  "published.superseded_figure": { rows: "open", stats: "select, insert", reader: "select" },
  "published.settled_period": { rows: "open", stats: "select, insert, update", reader: "select" },
  "published.release": { rows: "open", stats: "select, insert", reader: "select" },
  "published.coverage": { rows: "open", stats: "select, insert, update, delete", reader: "select" },
  "published.reporting": { rows: "open", stats: "select, insert, update, delete", reader: "select" },
  "published.panel": { rows: "open", stats: "select, insert, delete", reader: "select" },
  "published.pair_figure": { rows: "open", stats: "select, insert, update, delete", reader: "select" },
  "published.event": { rows: "open", stats: "select, insert, delete", reader: "select" },
  "published.open_figure": { rows: "open", stats: "select, insert, update, delete", reader: "select" },
  "published.clock": { rows: "open", stats: "select, insert, update, delete", reader: "select" },
  "published.clock_choice": { rows: "open", stats: "select, insert", reader: "select" },
  "published.passed_slot": { rows: "open", stats: "select, insert, update", reader: "select" },
  "published.frozen_bytes": { rows: "open", stats: "select, insert", reader: "select" },
  "published.release_file": { rows: "open", stats: "select, insert", reader: "select" },
  "published.release_part": { rows: "open", stats: "select, insert", reader: "select" },
  // A line stays; once withdrawn it says so and nothing else.
  "published.study": {
    rows: "open",
    stats: "select, insert, update (finding, sent, compared, record, published_on, withdrawn_on)",
    reader: "select",
  },
  "published.study_file": { rows: "open", stats: "select, insert", reader: "select" },

  "lab.study": {
    rows: "organisation",
    app: "select, insert (organisation_id, id, number, plan, made_by, made_at, changed_at), update (state, version, plan, changed_at, asked_by, asked_at, seconded_by, fixed_at, returned_because, canonical, plan_hash, holder_organisation_id, upload_id, send_again, refused, fault_id, published_by, published_at, withdrawn_by, withdrawn_at)",
    stats:
      "select, update (state, upload_id, stage, send_again, refused, fault_id, numbers, ran_at, counted_on, software, ready_at)",
    owner: true,
    statsRows: true,
  },
  "lab.upload": {
    rows: "organisation",
    app: "select, insert (organisation_id, id, kind, subject_id, asked_by), update (state, pieces, byte_count, sent_at)",
    stats: "select, update (state, keeper, public_key, keyed_at)",
    statsRows: true,
  },
  // Sent pieces are opened and deleted by the worker; the web process cannot read them back.
  "lab.upload_piece": {
    rows: "organisation",
    app: "select (organisation_id, upload_id, number), insert",
    stats: "select, delete",
    statsRows: true,
  },
  "lab.receipt": { rows: "organisation", app: "select", stats: "select, insert", statsRows: true },
  "lab.overlap": { rows: "none", stats: "select, insert, delete", statsRows: true },

  "lab.data_holder": { rows: "known", app: "select", stats: "select", owner: true, statsRows: true },
  // What is held in whose name, for everybody to choose from; who is in it, for the worker alone.
  "lab.data_set": {
    rows: "known",
    app: "select (organisation_id, id, name, codebook, codebook_hash, people, index_records, events, loaded_at, withdrawn_at), update (withdrawn_at, withdrawn_by, digest)",
    stats: "select, insert",
    owner: true,
    statsRows: true,
  },
  "lab.data_set_load": { rows: "organisation", app: "select", stats: "insert", statsRows: true },
  "lab.data_set_block": {
    rows: "organisation",
    app: "select (organisation_id, data_set_id), delete",
    stats: "select, insert",
    owner: true,
    statsRows: true,
  },

  // Every party reads the terms; they are written through the functions of `sharing.sql` alone.
  "governance.agreement": {
    rows: "none",
    or: "governance.is_party(agreement.id, agreement.version)",
    app: "select",
    owner: true,
  },
  "governance.agreement_party": {
    rows: "none",
    or: "governance.is_party(agreement_party.agreement_id, agreement_party.version)",
    app: "select",
    owner: true,
  },
  "governance.agreement_cell": {
    rows: "none",
    or: "governance.is_party(agreement_cell.agreement_id, agreement_cell.version)",
    app: "select",
    owner: true,
  },
  "governance.value_action": { rows: "organisation", app: "select, insert, update, delete" },
  "governance.data_asset": { rows: "organisation", app: "select, insert, update" },
  "governance.agreement_asset": { rows: "organisation", app: "select, insert, delete" },
  "governance.agreement_comment": {
    rows: "none",
    or: "governance.is_party(agreement_comment.agreement_id, agreement_comment.version)",
    app: "select",
    owner: true,
  },
  "governance.agreement_use": {
    rows: "none",
    or: "governance.is_party(agreement_use.agreement_id, agreement_use.version)",
    app: "select",
    owner: true,
  },
  // Written by the functions of `known-to.sql` alone, for both sides at once.
  "governance.look": { rows: "organisation", app: "select", owner: true },
  "governance.look_answer": { rows: "organisation", app: "select", owner: true },
  // Written by `governance.make_list` alone, with the look that a list is.
  "governance.shared_list": { rows: "organisation", app: "select", owner: true },
  "governance.list_own_client": { rows: "organisation", app: "select", owner: true },
  "governance.list_reading": { rows: "organisation", owner: true },
  "governance.look_digest": { rows: "organisation", app: "select, insert, update" },
  "governance.objection": {
    rows: "organisation",
    app: "select, insert, update (state, decided_by, decided_at, because)",
    owner: true,
  },
  "governance.resident_code": {
    rows: "organisation",
    app: "select, insert, update (revoked_at, used_at)",
    owner: true,
  },
  "governance.recording_basis": { rows: "organisation", app: "select, insert" },

  // Requests about rights: what was decided stands, and what erasing empties is emptied by `rights.sql`.
  "governance.rights_request": {
    rows: "organisation",
    app: "select, insert, update (state, identity_way, identity_on, identity_by, acknowledged_on, extended_on, extended_because, answer, refused_because, closed_on)",
    owner: true,
  },
  "governance.rights_pause": {
    rows: "organisation",
    app: "select, insert, update (until_on)",
    owner: true,
  },
  "governance.rights_person": { rows: "organisation", app: "select, insert, delete", owner: true },
  "governance.redaction": { rows: "organisation", app: "select, insert, update, delete", owner: true },
  "governance.rights_pack": {
    rows: "organisation",
    app: "select, insert, update (contents, taken_at, destroyed_at)",
    owner: true,
  },
  "governance.rectification": { rows: "organisation", app: "select, insert", owner: true },
  "governance.rights_recipient": {
    rows: "organisation",
    app: "select, update (told_at, told_by)",
    owner: true,
  },
  "governance.rights_notice": {
    rows: "organisation",
    app: "select, update (seen_at, seen_by)",
    owner: true,
  },
  "governance.rights_hold": {
    rows: "organisation",
    app: "select, insert, update (lifted_by, lifted_at)",
    owner: true,
  },
  "governance.erasure_decision": {
    rows: "organisation",
    app: "select, insert, update (decision, because, decided_by, decided_at, done_at)",
  },
  "governance.erasure": {
    rows: "organisation",
    app: "select",
    stats: "select, update (listed_at)",
    owner: true,
    statsRows: true,
  },
  "governance.retention_rule": { rows: "organisation", app: "select, insert, update" },
  "governance.retention_run": { rows: "organisation", app: "select, insert, update" },
  "governance.retention_item": {
    rows: "organisation",
    app: "select, insert, update (kept_because, outcome)",
    owner: true,
  },

  // Who looked reads it, and who gave, if it knows the person; it is written through the functions of `desk.sql` alone.
  "governance.break_glass": {
    rows: "none",
    or: `(select casework.current_organisation()) = organisation_id
         or (found and (select casework.current_organisation()) = giving_organisation_id)`,
    app: "select",
    owner: true,
  },
  "governance.break_glass_record": { rows: "organisation", app: "select", owner: true },
  "governance.break_glass_review": {
    rows: "organisation",
    app: "select, update (verdict, words, decided_by, decided_at)",
    owner: true,
  },
  "governance.breach": {
    rows: "organisation",
    app: "select, insert, update (words, state, commissioner, commissioner_at, no_risk_reason, people_told_at, closed_at)",
    owner: true,
  },
  "governance.statement": { rows: "organisation", app: "select, insert" },

  "governance.audit_entry": {
    rows: "organisation",
    app: "select, insert",
    // How many details were opened for linking one client tells whether they are known elsewhere.
    or: `(action <> 'people.link' and ${forSignIn})`,
    stats: "select, insert",
    // A look by agreement is written into the audit of whoever gave, too.
    owner: true,
    statsRows: true,
  },
  "governance.audit_subject": { rows: "organisation", app: "select", owner: true },
  "governance.audit_unsealed": { rows: "open", stats: "select, delete" },
  "governance.audit_seal": { rows: "open", app: "select (number, entry_id)", stats: "select, insert" },
  "governance.audit_anchor": { rows: "open", stats: "select, insert" },
  "governance.audit_check": { rows: "open", app: "select", stats: "select, insert" },
};
