CREATE TABLE "governance"."agreement" (
	"id" uuid NOT NULL,
	"version" smallint NOT NULL,
	"organisation_id" integer NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"terms" jsonb NOT NULL,
	"terms_hash" "bytea",
	"starts_on" date NOT NULL,
	"review_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"notice_days" smallint NOT NULL,
	"purposes" text[] NOT NULL,
	"need_numbers" smallint[] NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"proposed_at" timestamp with time zone,
	"withdrawn_by" uuid,
	"withdrawn_organisation_id" integer,
	"withdrawn_at" timestamp with time zone,
	"last_day" date,
	CONSTRAINT "agreement_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "governance"."agreement_cell" (
	"agreement_id" uuid NOT NULL,
	"version" smallint NOT NULL,
	"place" text NOT NULL,
	"detail" text NOT NULL,
	"member_group" text NOT NULL,
	"rests" text NOT NULL,
	CONSTRAINT "agreement_cell_agreement_id_version_place_detail_member_group_rests_pk" PRIMARY KEY("agreement_id","version","place","detail","member_group","rests")
);
--> statement-breakpoint
CREATE TABLE "governance"."agreement_comment" (
	"agreement_id" uuid NOT NULL,
	"version" smallint NOT NULL,
	"id" uuid NOT NULL,
	"organisation_id" integer NOT NULL,
	"member_id" uuid NOT NULL,
	"words" text NOT NULL,
	"said_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agreement_comment_agreement_id_version_id_pk" PRIMARY KEY("agreement_id","version","id")
);
--> statement-breakpoint
CREATE TABLE "governance"."agreement_party" (
	"agreement_id" uuid NOT NULL,
	"version" smallint NOT NULL,
	"organisation_id" integer NOT NULL,
	"gives" boolean NOT NULL,
	"receives" boolean NOT NULL,
	"signed_by" uuid,
	"signed_at" timestamp with time zone,
	"signed_hash" "bytea",
	CONSTRAINT "agreement_party_agreement_id_version_organisation_id_pk" PRIMARY KEY("agreement_id","version","organisation_id")
);
--> statement-breakpoint
CREATE TABLE "governance"."agreement_use" (
	"agreement_id" uuid NOT NULL,
	"version" smallint NOT NULL,
	"organisation_id" integer NOT NULL,
	"day" date NOT NULL,
	"place" text NOT NULL,
	"detail" text NOT NULL,
	"member_group" text NOT NULL,
	"looks" integer NOT NULL,
	CONSTRAINT "agreement_use_agreement_id_version_organisation_id_day_place_detail_member_group_pk" PRIMARY KEY("agreement_id","version","organisation_id","day","place","detail","member_group")
);
--> statement-breakpoint
CREATE TABLE "governance"."objection" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"against" text NOT NULL,
	"made_through" text NOT NULL,
	"made_by" uuid,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'stands' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"because" text,
	CONSTRAINT "objection_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "statistics"."ward_area" (
	"period" smallint NOT NULL,
	"ward" text NOT NULL,
	"authority" text,
	"households" integer,
	CONSTRAINT "ward_area_period_ward_pk" PRIMARY KEY("period","ward")
);
--> statement-breakpoint
CREATE TABLE "governance"."audit_check" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "governance"."audit_check_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"is_whole" boolean NOT NULL,
	"ok" boolean NOT NULL,
	"sealed" integer NOT NULL,
	"waiting" integer NOT NULL,
	"head_number" bigint NOT NULL,
	"head_hash" "bytea" NOT NULL,
	"anchors" integer NOT NULL,
	"anchor_number" bigint,
	"anchored_at" timestamp with time zone,
	"anchored_where" text,
	"empty_places" text[] NOT NULL,
	"fault" text,
	"bad_number" bigint,
	"bad_entry_id" bigint
);
--> statement-breakpoint
CREATE TABLE "governance"."breach" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"what" text NOT NULL,
	"about_kind" text NOT NULL,
	"about_id" uuid NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	"aware_at" timestamp with time zone NOT NULL,
	"words" "bytea",
	"people" integer NOT NULL,
	"opened" integer NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"commissioner" text,
	"commissioner_at" timestamp with time zone,
	"people_told_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "breach_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "governance"."break_glass" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"member_name" text NOT NULL,
	"member_role" text NOT NULL,
	"organisation_name" text NOT NULL,
	"client_id" uuid,
	"giving_organisation_id" integer NOT NULL,
	"giving_organisation_name" text NOT NULL,
	"agreement_id" uuid NOT NULL,
	"version" smallint NOT NULL,
	"reason" text NOT NULL,
	"words" "bytea",
	"hours" smallint NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"found" boolean NOT NULL,
	"looks" integer DEFAULT 0 NOT NULL,
	"last_look_at" timestamp with time zone,
	CONSTRAINT "break_glass_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "governance"."break_glass_record" (
	"organisation_id" integer NOT NULL,
	"glass_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "break_glass_record_organisation_id_glass_id_client_id_pk" PRIMARY KEY("organisation_id","glass_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "governance"."break_glass_review" (
	"organisation_id" integer NOT NULL,
	"glass_id" uuid NOT NULL,
	"is_giver" boolean NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"verdict" text,
	"words" "bytea",
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "break_glass_review_organisation_id_glass_id_pk" PRIMARY KEY("organisation_id","glass_id")
);
--> statement-breakpoint
CREATE TABLE "governance"."statement" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"frame" text NOT NULL,
	"principle" text,
	"agreement_id" uuid,
	"content" jsonb,
	"content_hash" "bytea",
	"words" text NOT NULL,
	"signed_by" uuid NOT NULL,
	"signed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "statement_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."early_help_answer" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"answer" text NOT NULL,
	"because" text,
	"answered_on" date NOT NULL,
	"member_id" uuid NOT NULL,
	CONSTRAINT "early_help_answer_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."early_help_setting" (
	"organisation_id" integer PRIMARY KEY NOT NULL,
	"is_on" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "governance"."look" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"reason" text NOT NULL,
	"words" "bytea",
	"asked" text NOT NULL,
	"answers" smallint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "look_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "governance"."look_answer" (
	"organisation_id" integer NOT NULL,
	"look_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"asker_organisation_id" integer NOT NULL,
	"member_group" text NOT NULL,
	"purpose" text NOT NULL,
	"agreement_id" uuid NOT NULL,
	"version" smallint NOT NULL,
	"detail" text NOT NULL,
	"rests" text NOT NULL,
	"opened" integer[] NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "look_answer_organisation_id_look_id_client_id_pk" PRIMARY KEY("organisation_id","look_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "governance"."look_digest" (
	"organisation_id" integer PRIMARY KEY NOT NULL,
	"told_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "governance"."recording_basis" (
	"organisation_id" integer NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "governance"."recording_basis_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"purpose" text NOT NULL,
	"basis" text NOT NULL,
	"condition" text NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recording_basis_organisation_id_number_pk" PRIMARY KEY("organisation_id","number"),
	CONSTRAINT "recording_basis_purpose" UNIQUE("organisation_id","purpose","number")
);
--> statement-breakpoint
CREATE TABLE "governance"."resident_code" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"used_at" timestamp with time zone,
	"wrong_dates" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "resident_code_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "resident_code_codeHash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
CREATE TABLE "governance"."erasure" (
	"organisation_id" integer NOT NULL,
	"client_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"erased_at" timestamp with time zone DEFAULT now() NOT NULL,
	"listed_at" timestamp with time zone,
	CONSTRAINT "erasure_organisation_id_client_id_purpose_pk" PRIMARY KEY("organisation_id","client_id","purpose")
);
--> statement-breakpoint
CREATE TABLE "governance"."erasure_decision" (
	"organisation_id" integer NOT NULL,
	"request_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"decision" text NOT NULL,
	"because" text,
	"decided_by" uuid NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "erasure_decision_organisation_id_request_id_purpose_pk" PRIMARY KEY("organisation_id","request_id","purpose")
);
--> statement-breakpoint
CREATE TABLE "governance"."rectification" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"about" text[] NOT NULL,
	"before" "bytea" NOT NULL,
	"after" "bytea",
	"disagreement" "bytea",
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rectification_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "governance"."redaction" (
	"organisation_id" integer NOT NULL,
	"request_id" uuid NOT NULL,
	"place" text NOT NULL,
	"row_key" text NOT NULL,
	"column_name" text NOT NULL,
	"text_hash" "bytea" NOT NULL,
	"decision" text NOT NULL,
	"passages" jsonb NOT NULL,
	"because" text,
	"harm_by" uuid,
	"decided_by" uuid NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "redaction_organisation_id_request_id_place_row_key_column_name_pk" PRIMARY KEY("organisation_id","request_id","place","row_key","column_name")
);
--> statement-breakpoint
CREATE TABLE "governance"."retention_item" (
	"organisation_id" integer NOT NULL,
	"run_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"record_type" text NOT NULL,
	"last_on" date NOT NULL,
	"due_on" date NOT NULL,
	"kept_because" text,
	"outcome" text,
	"held" boolean NOT NULL,
	CONSTRAINT "retention_item_organisation_id_run_id_client_id_pk" PRIMARY KEY("organisation_id","run_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "governance"."retention_rule" (
	"organisation_id" integer NOT NULL,
	"record_type" text NOT NULL,
	"months" integer NOT NULL,
	"source" text NOT NULL,
	"changed_by" uuid NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "retention_rule_organisation_id_record_type_pk" PRIMARY KEY("organisation_id","record_type")
);
--> statement-breakpoint
CREATE TABLE "governance"."retention_run" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"state" text DEFAULT 'review' NOT NULL,
	"on_day" date NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_by" uuid,
	"confirmed_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"deleted" integer,
	CONSTRAINT "retention_run_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "governance"."rights_hold" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reason" "bytea" NOT NULL,
	"review_on" date NOT NULL,
	"placed_by" uuid NOT NULL,
	"placed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lifted_by" uuid,
	"lifted_at" timestamp with time zone,
	CONSTRAINT "rights_hold_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "governance"."rights_notice" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"from_organisation_id" integer NOT NULL,
	"from_name" text NOT NULL,
	"client_id" uuid,
	"kind" text NOT NULL,
	"about" text[] NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone,
	"seen_by" uuid,
	CONSTRAINT "rights_notice_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "governance"."rights_pack" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"contents" "bytea",
	"sha256" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"taken_at" timestamp with time zone,
	"destroyed_at" timestamp with time zone,
	CONSTRAINT "rights_pack_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "governance"."rights_pause" (
	"organisation_id" integer NOT NULL,
	"request_id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date,
	"because" text NOT NULL,
	CONSTRAINT "rights_pause_organisation_id_request_id_number_pk" PRIMARY KEY("organisation_id","request_id","number")
);
--> statement-breakpoint
CREATE TABLE "governance"."rights_person" (
	"organisation_id" integer NOT NULL,
	"request_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	CONSTRAINT "rights_person_organisation_id_request_id_client_id_pk" PRIMARY KEY("organisation_id","request_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "governance"."rights_recipient" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"request_id" uuid,
	"kind" text NOT NULL,
	"to_name" text NOT NULL,
	"way" text NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"told_at" timestamp with time zone,
	"told_by" uuid,
	CONSTRAINT "rights_recipient_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "governance"."rights_request" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"received_on" date NOT NULL,
	"way" text NOT NULL,
	"asker_kind" text NOT NULL,
	"asker" "bytea",
	"words" "bytea",
	"identity_way" text,
	"identity_on" date,
	"identity_by" uuid,
	"acknowledged_on" date,
	"extended_on" date,
	"extended_because" text,
	"answer" "bytea",
	"refused_because" text,
	"closed_on" date,
	"made_by" uuid,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rights_request_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."sign_in_provider" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"client_secret" "bytea" NOT NULL,
	"scopes" text[] DEFAULT '{}' NOT NULL,
	"trusts_second_factor" boolean NOT NULL,
	"acr_values" text[] DEFAULT '{}' NOT NULL,
	"is_on" boolean NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sign_in_provider_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."sign_in_session" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"token" "bytea" NOT NULL,
	"token_kind" text NOT NULL,
	"is_second_factor_theirs" boolean NOT NULL,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"asked_at" timestamp with time zone,
	"unreached_at" timestamp with time zone,
	CONSTRAINT "sign_in_session_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."sign_in_subject" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"print" "bytea" NOT NULL,
	"code" text,
	"code_made_at" timestamp with time zone,
	"member_id" uuid,
	"linked_at" timestamp with time zone,
	"linked_by" uuid,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sign_in_subject_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "sign_in_subject_print" UNIQUE("organisation_id","provider_id","print"),
	CONSTRAINT "sign_in_subject_member" UNIQUE("organisation_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "governance"."agreement_asset" (
	"organisation_id" integer NOT NULL,
	"asset_id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	CONSTRAINT "agreement_asset_organisation_id_asset_id_agreement_id_pk" PRIMARY KEY("organisation_id","asset_id","agreement_id")
);
--> statement-breakpoint
CREATE TABLE "governance"."data_asset" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"owner" text NOT NULL,
	"place" text NOT NULL,
	"detail" text NOT NULL,
	"restrictions" text NOT NULL,
	"used_for" text NOT NULL,
	"reviewed_on" date NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "data_asset_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "governance"."value_action" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	"name" text NOT NULL,
	"member_group" text NOT NULL,
	"remains" smallint[] NOT NULL,
	"costs" smallint[] NOT NULL,
	"wanted" boolean NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "value_action_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "casework"."organisation" ADD COLUMN "profession" text DEFAULT 'other' NOT NULL;--> statement-breakpoint
ALTER TABLE "casework"."service" ADD COLUMN "team_name" text;--> statement-breakpoint
ALTER TABLE "casework"."service" ADD COLUMN "team_phone" text;--> statement-breakpoint
ALTER TABLE "casework"."service" ADD COLUMN "team_email" text;--> statement-breakpoint
ALTER TABLE "casework"."session" ADD COLUMN "stepped_up_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "casework"."consent" ADD COLUMN "capacity" text;--> statement-breakpoint
ALTER TABLE "casework"."consent" ADD COLUMN "capacity_note" "bytea";--> statement-breakpoint
ALTER TABLE "casework"."consent" ADD COLUMN "child" text;--> statement-breakpoint
ALTER TABLE "governance"."audit_seal" ADD COLUMN "proof" "bytea";--> statement-breakpoint
ALTER TABLE "lab"."study" ADD COLUMN "question" text;--> statement-breakpoint
ALTER TABLE "lab"."study" ADD COLUMN "questioned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "governance"."agreement" ADD CONSTRAINT "agreement_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."agreement" ADD CONSTRAINT "agreement_withdrawn_organisation_id_organisation_id_fk" FOREIGN KEY ("withdrawn_organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."agreement_cell" ADD CONSTRAINT "agreement_cell_agreement_id_version_agreement_id_version_fk" FOREIGN KEY ("agreement_id","version") REFERENCES "governance"."agreement"("id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."agreement_comment" ADD CONSTRAINT "agreement_comment_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."agreement_comment" ADD CONSTRAINT "agreement_comment_agreement_id_version_agreement_id_version_fk" FOREIGN KEY ("agreement_id","version") REFERENCES "governance"."agreement"("id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."agreement_party" ADD CONSTRAINT "agreement_party_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."agreement_party" ADD CONSTRAINT "agreement_party_agreement_id_version_agreement_id_version_fk" FOREIGN KEY ("agreement_id","version") REFERENCES "governance"."agreement"("id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."agreement_use" ADD CONSTRAINT "agreement_use_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."agreement_use" ADD CONSTRAINT "agreement_use_agreement_id_version_agreement_id_version_fk" FOREIGN KEY ("agreement_id","version") REFERENCES "governance"."agreement"("id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."objection" ADD CONSTRAINT "objection_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."breach" ADD CONSTRAINT "breach_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."break_glass" ADD CONSTRAINT "break_glass_giving_organisation_id_organisation_id_fk" FOREIGN KEY ("giving_organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."break_glass" ADD CONSTRAINT "break_glass_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."break_glass_record" ADD CONSTRAINT "break_glass_record_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."statement" ADD CONSTRAINT "statement_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."early_help_answer" ADD CONSTRAINT "early_help_answer_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."early_help_setting" ADD CONSTRAINT "early_help_setting_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."look" ADD CONSTRAINT "look_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."look_answer" ADD CONSTRAINT "look_answer_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."recording_basis" ADD CONSTRAINT "recording_basis_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."resident_code" ADD CONSTRAINT "resident_code_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."erasure" ADD CONSTRAINT "erasure_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."erasure_decision" ADD CONSTRAINT "erasure_decision_organisation_id_request_id_rights_request_organisation_id_id_fk" FOREIGN KEY ("organisation_id","request_id") REFERENCES "governance"."rights_request"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."rectification" ADD CONSTRAINT "rectification_organisation_id_request_id_rights_request_organisation_id_id_fk" FOREIGN KEY ("organisation_id","request_id") REFERENCES "governance"."rights_request"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."redaction" ADD CONSTRAINT "redaction_organisation_id_request_id_rights_request_organisation_id_id_fk" FOREIGN KEY ("organisation_id","request_id") REFERENCES "governance"."rights_request"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."retention_item" ADD CONSTRAINT "retention_item_organisation_id_run_id_retention_run_organisation_id_id_fk" FOREIGN KEY ("organisation_id","run_id") REFERENCES "governance"."retention_run"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."retention_rule" ADD CONSTRAINT "retention_rule_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."retention_run" ADD CONSTRAINT "retention_run_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."rights_hold" ADD CONSTRAINT "rights_hold_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."rights_notice" ADD CONSTRAINT "rights_notice_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."rights_notice" ADD CONSTRAINT "rights_notice_from_organisation_id_organisation_id_fk" FOREIGN KEY ("from_organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."rights_pack" ADD CONSTRAINT "rights_pack_organisation_id_request_id_rights_request_organisation_id_id_fk" FOREIGN KEY ("organisation_id","request_id") REFERENCES "governance"."rights_request"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."rights_pause" ADD CONSTRAINT "rights_pause_organisation_id_request_id_rights_request_organisation_id_id_fk" FOREIGN KEY ("organisation_id","request_id") REFERENCES "governance"."rights_request"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."rights_person" ADD CONSTRAINT "rights_person_organisation_id_request_id_rights_request_organisation_id_id_fk" FOREIGN KEY ("organisation_id","request_id") REFERENCES "governance"."rights_request"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."rights_recipient" ADD CONSTRAINT "rights_recipient_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."rights_request" ADD CONSTRAINT "rights_request_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."sign_in_provider" ADD CONSTRAINT "sign_in_provider_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."sign_in_session" ADD CONSTRAINT "sign_in_session_subject" FOREIGN KEY ("organisation_id","subject_id") REFERENCES "casework"."sign_in_subject"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."sign_in_subject" ADD CONSTRAINT "sign_in_subject_provider" FOREIGN KEY ("organisation_id","provider_id") REFERENCES "casework"."sign_in_provider"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."sign_in_subject" ADD CONSTRAINT "sign_in_subject_member_is_there" FOREIGN KEY ("organisation_id","member_id") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."agreement_asset" ADD CONSTRAINT "agreement_asset_organisation_id_asset_id_data_asset_organisation_id_id_fk" FOREIGN KEY ("organisation_id","asset_id") REFERENCES "governance"."data_asset"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."data_asset" ADD CONSTRAINT "data_asset_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."value_action" ADD CONSTRAINT "value_action_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_open_draft" ON "governance"."agreement" USING btree ("id") WHERE state in ('draft', 'proposed');--> statement-breakpoint
CREATE INDEX "agreement_maker" ON "governance"."agreement" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "agreement_party_organisation" ON "governance"."agreement_party" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "objection_client" ON "governance"."objection" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "objection_counting" ON "governance"."objection" USING btree ("organisation_id","client_id") WHERE state in ('stands', 'upheld') and against in ('counting', 'both');--> statement-breakpoint
CREATE INDEX "break_glass_giver" ON "governance"."break_glass" USING btree ("giving_organisation_id","opened_at");--> statement-breakpoint
CREATE INDEX "break_glass_member" ON "governance"."break_glass" USING btree ("organisation_id","member_id","ends_at");--> statement-breakpoint
CREATE INDEX "break_glass_record_client" ON "governance"."break_glass_record" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "statement_frame" ON "governance"."statement" USING btree ("organisation_id","frame","signed_at");--> statement-breakpoint
CREATE INDEX "early_help_answer_client" ON "casework"."early_help_answer" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "look_client" ON "governance"."look" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "look_at" ON "governance"."look" USING btree ("organisation_id","at");--> statement-breakpoint
CREATE INDEX "look_answer_client" ON "governance"."look_answer" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "look_answer_look" ON "governance"."look_answer" USING btree ("look_id");--> statement-breakpoint
CREATE INDEX "resident_code_client" ON "governance"."resident_code" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "rectification_client" ON "governance"."rectification" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "rights_hold_client" ON "governance"."rights_hold" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "rights_notice_client" ON "governance"."rights_notice" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "rights_pack_request" ON "governance"."rights_pack" USING btree ("organisation_id","request_id");--> statement-breakpoint
CREATE INDEX "rights_person_client" ON "governance"."rights_person" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "rights_recipient_request" ON "governance"."rights_recipient" USING btree ("organisation_id","request_id");--> statement-breakpoint
CREATE INDEX "rights_request_state" ON "governance"."rights_request" USING btree ("organisation_id","state","received_on");--> statement-breakpoint
CREATE UNIQUE INDEX "sign_in_provider_on" ON "casework"."sign_in_provider" USING btree ("organisation_id") WHERE is_on;--> statement-breakpoint
CREATE INDEX "value_action_agreement" ON "governance"."value_action" USING btree ("organisation_id","agreement_id");--> statement-breakpoint
ALTER TABLE "lab"."overlap" ADD CONSTRAINT "overlap_organisation_id_study_id_study_organisation_id_id_fk" FOREIGN KEY ("organisation_id","study_id") REFERENCES "lab"."study"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab"."receipt" ADD CONSTRAINT "receipt_organisation_id_sent_by_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","sent_by") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab"."receipt" ADD CONSTRAINT "receipt_organisation_id_seconded_by_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","seconded_by") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab"."study" ADD CONSTRAINT "study_organisation_id_made_by_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","made_by") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab"."study" ADD CONSTRAINT "study_organisation_id_asked_by_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","asked_by") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab"."study" ADD CONSTRAINT "study_organisation_id_seconded_by_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","seconded_by") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab"."study" ADD CONSTRAINT "study_organisation_id_published_by_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","published_by") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab"."study" ADD CONSTRAINT "study_organisation_id_withdrawn_by_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","withdrawn_by") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab"."upload" ADD CONSTRAINT "upload_organisation_id_asked_by_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","asked_by") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab"."data_set_load" ADD CONSTRAINT "data_set_load_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entry_member" ON "governance"."audit_entry" USING btree ("organisation_id","member_id","id");