CREATE TYPE "casework"."action_outcome" AS ENUM('done', 'not-needed');--> statement-breakpoint
CREATE TYPE "casework"."score_direction" AS ENUM('higher-better', 'lower-better');--> statement-breakpoint
CREATE TYPE "casework"."closing_kind" AS ENUM('closed', 're-opened');--> statement-breakpoint
CREATE TYPE "casework"."consent_answer" AS ENUM('given', 'declined', 'withdrawn');--> statement-breakpoint
CREATE TABLE "casework"."device" (
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"key_id" text NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "device_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."recovery_code" (
	"account_id" uuid NOT NULL,
	"slot" text NOT NULL,
	"code_hash" text NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_code_account_id_slot_pk" PRIMARY KEY("account_id","slot")
);
--> statement-breakpoint
CREATE TABLE "casework"."second_factor" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"secret" "bytea",
	"pending_secret" "bytea",
	"pending_at" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	"last_step" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "casework"."action" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"issue_id" uuid,
	"title" "bytea" NOT NULL,
	"due_on" date,
	"member_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	"done_by" uuid,
	"outcome" "casework"."action_outcome",
	CONSTRAINT "action_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."calendar_feed" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"fetched_at" timestamp with time zone,
	CONSTRAINT "calendar_feed_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "calendar_feed_member" UNIQUE("organisation_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "casework"."crisis_card" (
	"organisation_id" integer NOT NULL,
	"need_number" smallint NOT NULL,
	"title" text NOT NULL,
	"words" text NOT NULL,
	"phones" jsonb NOT NULL,
	"reviewed_on" date NOT NULL,
	CONSTRAINT "crisis_card_organisation_id_need_number_pk" PRIMARY KEY("organisation_id","need_number")
);
--> statement-breakpoint
CREATE TABLE "casework"."instrument" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"lowest" double precision NOT NULL,
	"highest" double precision NOT NULL,
	"step" double precision NOT NULL,
	"direction" "casework"."score_direction" NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "instrument_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "instrument_name" UNIQUE("organisation_id","name")
);
--> statement-breakpoint
CREATE TABLE "casework"."instrument_score" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"instrument_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"contact_id" uuid,
	"scored_on" date NOT NULL,
	"score" double precision NOT NULL,
	"member_id" uuid,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"voided_at" timestamp with time zone,
	"voided_by" uuid,
	"void_reason" "bytea",
	CONSTRAINT "instrument_score_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."reassigned_client" (
	"organisation_id" integer NOT NULL,
	"reassignment_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"from_member" uuid,
	"action_ids" uuid[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "reassigned_client_organisation_id_reassignment_id_client_id_pk" PRIMARY KEY("organisation_id","reassignment_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "casework"."reassignment" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"to_member" uuid,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone,
	CONSTRAINT "reassignment_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."closing" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"kind" "casework"."closing_kind" NOT NULL,
	"on_day" date NOT NULL,
	"because" text NOT NULL,
	"reason" "bytea",
	"made_by" uuid NOT NULL,
	"contact_id" uuid,
	"handed_on" uuid[] DEFAULT '{}' NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "casework"."closing_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	CONSTRAINT "closing_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."consent" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"kind" text DEFAULT 'share' NOT NULL,
	"answer" "casework"."consent_answer" NOT NULL,
	"answered_on" date NOT NULL,
	"how" "casework"."channel" NOT NULL,
	"words_version" smallint NOT NULL,
	"expires_on" date,
	"asked_by" uuid,
	"contact_id" uuid,
	"referral_id" uuid,
	"recorded_no" bigint GENERATED ALWAYS AS IDENTITY (sequence name "casework"."consent_recorded_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	CONSTRAINT "consent_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "identity"."profile_conflict" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"field" text NOT NULL,
	"words" "bytea" NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"choice" text,
	CONSTRAINT "profile_conflict_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "identity"."profile_edit" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"outcomes" jsonb NOT NULL,
	"content_hash" "bytea" NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "identity"."profile_edit_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	CONSTRAINT "profile_edit_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "reference"."directory_change" (
	"id" uuid PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"organisation_id" integer NOT NULL,
	"organisation_name" text NOT NULL,
	"field" text NOT NULL,
	"value" jsonb NOT NULL,
	"changed_on" date NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reference"."directory_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" smallint,
	"external_id" text,
	"organisation_id" integer,
	"service_id" uuid,
	"stated" jsonb NOT NULL,
	"digest" text NOT NULL,
	"missing_since" date,
	"withdrawn_on" date,
	CONSTRAINT "directory_entry_external" UNIQUE("source","external_id"),
	CONSTRAINT "directory_entry_service" UNIQUE("organisation_id","service_id")
);
--> statement-breakpoint
CREATE TABLE "reference"."directory_source" (
	"number" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reference"."directory_source_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	CONSTRAINT "directory_source_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "reference"."directory_state" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "governance"."audit_subject" (
	"organisation_id" integer NOT NULL,
	"subject_id" uuid NOT NULL,
	"entry_id" bigint NOT NULL,
	CONSTRAINT "audit_subject_organisation_id_subject_id_entry_id_pk" PRIMARY KEY("organisation_id","subject_id","entry_id")
);
--> statement-breakpoint
CREATE TABLE "casework"."need_pair" (
	"organisation_id" integer NOT NULL,
	"need_number" smallint NOT NULL,
	"other_number" smallint NOT NULL,
	"people_with" integer NOT NULL,
	"people_other" integer NOT NULL,
	"people_both" integer NOT NULL,
	"everyone" integer NOT NULL,
	"computed_on" date NOT NULL,
	CONSTRAINT "need_pair_organisation_id_need_number_other_number_pk" PRIMARY KEY("organisation_id","need_number","other_number")
);
--> statement-breakpoint
CREATE TABLE "casework"."referral" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"way" text NOT NULL,
	"to_organisation_id" integer,
	"to_service_id" uuid,
	"to_directory_id" text,
	"to_name" text NOT NULL,
	"to_organisation_name" text,
	"to_email" text,
	"to_phone" text,
	"sent_by" uuid NOT NULL,
	"sent_by_name" "bytea" NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"shared" text[] NOT NULL,
	"details" "bytea",
	"message" "bytea",
	"consent_on" date NOT NULL,
	"consent_how" text NOT NULL,
	"consent_words" "bytea" NOT NULL,
	"content_hash" "bytea" NOT NULL,
	CONSTRAINT "referral_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."referral_event" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"referral_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"kind" text NOT NULL,
	"how" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_organisation_id" integer,
	"by_member_id" uuid,
	"by_name" "bytea",
	"reason" text,
	"words" "bytea",
	"outcomes" text[],
	CONSTRAINT "referral_event_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "referral_event_position" UNIQUE("organisation_id","referral_id","position")
);
--> statement-breakpoint
CREATE TABLE "casework"."referral_issue" (
	"organisation_id" integer NOT NULL,
	"referral_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"issue_id" uuid NOT NULL,
	"need_number" smallint NOT NULL,
	"severity" "casework"."severity" NOT NULL,
	"label" "bytea",
	CONSTRAINT "referral_issue_organisation_id_referral_id_position_pk" PRIMARY KEY("organisation_id","referral_id","position")
);
--> statement-breakpoint
CREATE TABLE "casework"."referral_link" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"referral_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "referral_link_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "referral_link_token" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "casework"."referral_receipt" (
	"organisation_id" integer NOT NULL,
	"from_organisation_id" integer NOT NULL,
	"referral_id" uuid NOT NULL,
	"taken_by" uuid,
	"client_id" uuid,
	"erased_at" timestamp with time zone,
	CONSTRAINT "referral_receipt_organisation_id_from_organisation_id_referral_id_pk" PRIMARY KEY("organisation_id","from_organisation_id","referral_id")
);
--> statement-breakpoint
ALTER TABLE "casework"."client" ADD COLUMN "assigned_to" uuid;--> statement-breakpoint
ALTER TABLE "casework"."client" ADD COLUMN "assigned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "casework"."contact" ADD COLUMN "late_reason_sealed" "bytea";--> statement-breakpoint
ALTER TABLE "casework"."contact" ADD COLUMN "consent" text;--> statement-breakpoint
ALTER TABLE "casework"."contact" ADD COLUMN "corrects" uuid;--> statement-breakpoint
ALTER TABLE "casework"."contact" ADD COLUMN "note_removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "casework"."contact" ADD COLUMN "note_removed_by" uuid;--> statement-breakpoint
ALTER TABLE "casework"."contact" ADD COLUMN "note_removal" "bytea";--> statement-breakpoint
ALTER TABLE "casework"."contact" ADD COLUMN "void_reason_sealed" "bytea";--> statement-breakpoint
ALTER TABLE "casework"."issue" ADD COLUMN "label_sealed" "bytea";--> statement-breakpoint
ALTER TABLE "casework"."member" ADD COLUMN "not_seen_days" smallint DEFAULT 28 NOT NULL;--> statement-breakpoint
ALTER TABLE "casework"."session" ADD COLUMN "device_id" uuid;--> statement-breakpoint
ALTER TABLE "casework"."session" ADD COLUMN "second_factor_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "casework"."session" ADD COLUMN "locked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "casework"."session" ADD COLUMN "challenge" text;--> statement-breakpoint
ALTER TABLE "casework"."session" ADD COLUMN "challenged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "identity"."client_identity" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "identity"."client_identity" ADD COLUMN "pieces_version" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "casework"."device" ADD CONSTRAINT "device_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "casework"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."recovery_code" ADD CONSTRAINT "recovery_code_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "casework"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."second_factor" ADD CONSTRAINT "second_factor_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "casework"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."action" ADD CONSTRAINT "action_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."action" ADD CONSTRAINT "action_organisation_id_issue_id_issue_organisation_id_id_fk" FOREIGN KEY ("organisation_id","issue_id") REFERENCES "casework"."issue"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."action" ADD CONSTRAINT "action_organisation_id_member_id_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","member_id") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."calendar_feed" ADD CONSTRAINT "calendar_feed_organisation_id_member_id_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","member_id") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."crisis_card" ADD CONSTRAINT "crisis_card_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."instrument" ADD CONSTRAINT "instrument_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."instrument_score" ADD CONSTRAINT "instrument_score_organisation_id_instrument_id_instrument_organisation_id_id_fk" FOREIGN KEY ("organisation_id","instrument_id") REFERENCES "casework"."instrument"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."instrument_score" ADD CONSTRAINT "instrument_score_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."instrument_score" ADD CONSTRAINT "instrument_score_organisation_id_contact_id_contact_organisation_id_id_fk" FOREIGN KEY ("organisation_id","contact_id") REFERENCES "casework"."contact"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."reassigned_client" ADD CONSTRAINT "reassigned_client_organisation_id_reassignment_id_reassignment_organisation_id_id_fk" FOREIGN KEY ("organisation_id","reassignment_id") REFERENCES "casework"."reassignment"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."reassigned_client" ADD CONSTRAINT "reassigned_client_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."reassignment" ADD CONSTRAINT "reassignment_organisation_id_to_member_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","to_member") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."closing" ADD CONSTRAINT "closing_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."closing" ADD CONSTRAINT "closing_organisation_id_contact_id_contact_organisation_id_id_fk" FOREIGN KEY ("organisation_id","contact_id") REFERENCES "casework"."contact"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."consent" ADD CONSTRAINT "consent_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."consent" ADD CONSTRAINT "consent_organisation_id_contact_id_contact_organisation_id_id_fk" FOREIGN KEY ("organisation_id","contact_id") REFERENCES "casework"."contact"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."directory_change" ADD CONSTRAINT "directory_change_entry_id_directory_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "reference"."directory_entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."directory_change" ADD CONSTRAINT "directory_change_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."directory_entry" ADD CONSTRAINT "directory_entry_source_directory_source_number_fk" FOREIGN KEY ("source") REFERENCES "reference"."directory_source"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."directory_entry" ADD CONSTRAINT "directory_entry_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."directory_entry" ADD CONSTRAINT "directory_entry_organisation_id_service_id_service_organisation_id_id_fk" FOREIGN KEY ("organisation_id","service_id") REFERENCES "casework"."service"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."need_pair" ADD CONSTRAINT "need_pair_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."referral" ADD CONSTRAINT "referral_to_organisation_id_organisation_id_fk" FOREIGN KEY ("to_organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."referral" ADD CONSTRAINT "referral_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."referral_event" ADD CONSTRAINT "referral_event_organisation_id_referral_id_referral_organisation_id_id_fk" FOREIGN KEY ("organisation_id","referral_id") REFERENCES "casework"."referral"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."referral_issue" ADD CONSTRAINT "referral_issue_organisation_id_referral_id_referral_organisation_id_id_fk" FOREIGN KEY ("organisation_id","referral_id") REFERENCES "casework"."referral"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."referral_issue" ADD CONSTRAINT "referral_issue_organisation_id_issue_id_issue_organisation_id_id_fk" FOREIGN KEY ("organisation_id","issue_id") REFERENCES "casework"."issue"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."referral_link" ADD CONSTRAINT "referral_link_organisation_id_referral_id_referral_organisation_id_id_fk" FOREIGN KEY ("organisation_id","referral_id") REFERENCES "casework"."referral"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."referral_receipt" ADD CONSTRAINT "referral_receipt_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "action_client" ON "casework"."action" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "action_open" ON "casework"."action" USING btree ("organisation_id","member_id","due_on") WHERE done_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feed_token" ON "casework"."calendar_feed" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "instrument_score_client" ON "casework"."instrument_score" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "reassigned_client_client" ON "casework"."reassigned_client" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "closing_client" ON "casework"."closing" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "consent_client" ON "casework"."consent" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "profile_conflict_client" ON "identity"."profile_conflict" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "profile_conflict_open" ON "identity"."profile_conflict" USING btree ("organisation_id","choice");--> statement-breakpoint
CREATE INDEX "profile_edit_client" ON "identity"."profile_edit" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "directory_change_entry" ON "reference"."directory_change" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "referral_client" ON "casework"."referral" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "referral_received" ON "casework"."referral" USING btree ("to_organisation_id","id") WHERE to_organisation_id is not null;--> statement-breakpoint
CREATE INDEX "referral_link_referral" ON "casework"."referral_link" USING btree ("organisation_id","referral_id");--> statement-breakpoint
CREATE INDEX "referral_receipt_client" ON "casework"."referral_receipt" USING btree ("organisation_id","client_id");--> statement-breakpoint
ALTER TABLE "casework"."client" ADD CONSTRAINT "client_organisation_id_assigned_to_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","assigned_to") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."contact" ADD CONSTRAINT "contact_organisation_id_corrects_contact_organisation_id_id_fk" FOREIGN KEY ("organisation_id","corrects") REFERENCES "casework"."contact"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "client_assigned" ON "casework"."client" USING btree ("organisation_id","assigned_to") WHERE assigned_to is not null;--> statement-breakpoint
CREATE INDEX "client_unassigned" ON "casework"."client" USING btree ("organisation_id","id") WHERE assigned_to is null and closed_on is null and not anonymous;--> statement-breakpoint
CREATE UNIQUE INDEX "contact_corrects" ON "casework"."contact" USING btree ("organisation_id","corrects") WHERE corrects is not null;--> statement-breakpoint
CREATE INDEX "issue_entry_crisis" ON "casework"."issue_entry" USING btree ("organisation_id","issue_id") WHERE severity = 'crisis';