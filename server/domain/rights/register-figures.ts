/** Lines of the register: the data lab, figures and reference data. */

import { FIGURES, type Line, nobody, PUBLISHED, pseudonym, REFERENCE, sealed } from "./register-line";

export const FIGURES_LINES: Readonly<Record<string, Line>> = {
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
