CREATE SCHEMA "casework";
--> statement-breakpoint
CREATE SCHEMA "governance";
--> statement-breakpoint
CREATE SCHEMA "identity";
--> statement-breakpoint
CREATE SCHEMA "lab";
--> statement-breakpoint
CREATE SCHEMA "published";
--> statement-breakpoint
CREATE SCHEMA "reference";
--> statement-breakpoint
CREATE SCHEMA "statistics";
--> statement-breakpoint
CREATE TYPE "casework"."channel" AS ENUM('face-to-face', 'phone', 'video', 'message', 'email', 'letter', 'visit', 'other');--> statement-breakpoint
CREATE TYPE "casework"."entry_status" AS ENUM('new', 'ongoing', 'improved', 'worsened', 'resolved', 'no-longer-relevant');--> statement-breakpoint
CREATE TYPE "casework"."place_kind" AS ENUM('postcode', 'no-fixed-address', 'unknown', 'outside');--> statement-breakpoint
CREATE TYPE "casework"."severity" AS ENUM('low', 'medium', 'high', 'crisis');--> statement-breakpoint
CREATE TABLE "casework"."account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "casework"."client" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"anonymous" boolean DEFAULT false NOT NULL,
	"reference" text,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_on" date,
	CONSTRAINT "client_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."contact" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"member_id" uuid,
	"occurred_on" date NOT NULL,
	"channel" "casework"."channel" NOT NULL,
	"received_no" bigint GENERATED ALWAYS AS IDENTITY (sequence name "casework"."contact_received_no_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"device_claimed_at" timestamp with time zone,
	"late_reason" text,
	"place_kind" "casework"."place_kind" NOT NULL,
	"release_sector" integer NOT NULL,
	"small_area" text,
	"ward" text,
	"authority" text,
	"nation" text,
	"deprivation_decile" smallint,
	"deprivation_edition" smallint,
	"postcode_edition" smallint,
	"note" "bytea",
	"content_hash" "bytea" NOT NULL,
	"voided_at" timestamp with time zone,
	"void_reason" text,
	"voided_by" uuid,
	CONSTRAINT "contact_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."erased" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	CONSTRAINT "erased_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."issue" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"need_number" smallint NOT NULL,
	"taxonomy_version" smallint NOT NULL,
	"label" text,
	CONSTRAINT "issue_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."issue_entry" (
	"organisation_id" integer NOT NULL,
	"contact_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"need_number" smallint NOT NULL,
	"status" "casework"."entry_status" NOT NULL,
	"severity" "casework"."severity" NOT NULL,
	"ours" boolean NOT NULL,
	CONSTRAINT "issue_entry_organisation_id_contact_id_issue_id_pk" PRIMARY KEY("organisation_id","contact_id","issue_id")
);
--> statement-breakpoint
CREATE TABLE "casework"."member" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"roles" text[] NOT NULL,
	"service_id" uuid,
	"patch" text[] DEFAULT '{}' NOT NULL,
	"ended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "member_account" UNIQUE("organisation_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "casework"."organisation" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "casework"."organisation_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "casework"."password_link" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "casework"."service" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"closed_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "service_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "service_name" UNIQUE("organisation_id","name")
);
--> statement-breakpoint
CREATE TABLE "casework"."service_need" (
	"organisation_id" integer NOT NULL,
	"service_id" uuid NOT NULL,
	"need_number" smallint NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "service_need_organisation_id_service_id_need_number_pk" PRIMARY KEY("organisation_id","service_id","need_number")
);
--> statement-breakpoint
CREATE TABLE "casework"."session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"organisation_id" integer,
	"member_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	"device" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "casework"."throttle" (
	"bucket" text NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"attempts" integer NOT NULL,
	CONSTRAINT "throttle_bucket_window_start_pk" PRIMARY KEY("bucket","window_start")
);
--> statement-breakpoint
CREATE TABLE "governance"."audit_anchor" (
	"seal_number" bigint PRIMARY KEY NOT NULL,
	"hash" "bytea" NOT NULL,
	"anchored_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "governance"."audit_entry" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "governance"."audit_entry_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"organisation_id" integer,
	"account_id" uuid,
	"member_id" uuid,
	"session_id" uuid,
	"request_id" text NOT NULL,
	"action" text NOT NULL,
	"subjects" jsonb NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "governance"."audit_seal" (
	"number" bigint PRIMARY KEY NOT NULL,
	"entry_id" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	"sealed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_seal_entryId_unique" UNIQUE("entry_id")
);
--> statement-breakpoint
CREATE TABLE "governance"."audit_unsealed" (
	"entry_id" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity"."client_identifier" (
	"organisation_id" integer NOT NULL,
	"client_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" "bytea" NOT NULL,
	"blind_index" "bytea" NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "client_identifier_organisation_id_client_id_kind_blind_index_pk" PRIMARY KEY("organisation_id","client_id","kind","blind_index")
);
--> statement-breakpoint
CREATE TABLE "identity"."client_identity" (
	"organisation_id" integer NOT NULL,
	"client_id" uuid NOT NULL,
	"given_name" "bytea",
	"family_name" "bytea",
	"date_of_birth" "bytea",
	"date_of_birth_index" "bytea",
	"sex" text DEFAULT 'not-known' NOT NULL,
	"postcode" "bytea",
	"address" "bytea",
	"phone" "bytea",
	"email" "bytea",
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "client_identity_organisation_id_client_id_pk" PRIMARY KEY("organisation_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "identity"."client_person" (
	"organisation_id" integer NOT NULL,
	"client_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"origin_person_id" uuid NOT NULL,
	CONSTRAINT "client_person_organisation_id_client_id_pk" PRIMARY KEY("organisation_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "identity"."client_token" (
	"organisation_id" integer NOT NULL,
	"token" bigint NOT NULL,
	"client_id" uuid NOT NULL,
	CONSTRAINT "client_token_organisation_id_token_client_id_pk" PRIMARY KEY("organisation_id","token","client_id")
);
--> statement-breakpoint
CREATE TABLE "identity"."link_assertion" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "identity"."link_assertion_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"organisation_id_a" integer NOT NULL,
	"client_id_a" uuid NOT NULL,
	"organisation_id_b" integer NOT NULL,
	"client_id_b" uuid NOT NULL,
	"says" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"model" text NOT NULL,
	"made_by" text NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "published"."coverage" (
	"period" smallint NOT NULL,
	"area" integer NOT NULL,
	"organisations_band" smallint NOT NULL,
	CONSTRAINT "coverage_period_area_pk" PRIMARY KEY("period","area")
);
--> statement-breakpoint
CREATE TABLE "published"."event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "published"."event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"period" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "published"."figure" (
	"node" smallint NOT NULL,
	"slice" smallint DEFAULT 0 NOT NULL,
	"period" smallint NOT NULL,
	"area" integer NOT NULL,
	"figure" integer NOT NULL,
	"anonymous_band" smallint NOT NULL,
	"release_no" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "published"."release" (
	"number" integer PRIMARY KEY NOT NULL,
	"made_on" date NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"summary" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "published"."settled_period" (
	"period" smallint PRIMARY KEY NOT NULL,
	"settled_on" date NOT NULL,
	"release_no" integer NOT NULL,
	"revised_on" date
);
--> statement-breakpoint
CREATE TABLE "published"."superseded_figure" (
	"node" smallint NOT NULL,
	"slice" smallint DEFAULT 0 NOT NULL,
	"period" smallint NOT NULL,
	"area" integer NOT NULL,
	"figure" integer,
	"from_release_no" integer NOT NULL,
	"until_release_no" integer NOT NULL,
	CONSTRAINT "superseded_figure_node_slice_period_area_until_release_no_pk" PRIMARY KEY("node","slice","period","area","until_release_no")
);
--> statement-breakpoint
CREATE TABLE "reference"."area" (
	"number" integer PRIMARY KEY NOT NULL,
	"level" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference"."area_alias" (
	"financial_year" smallint NOT NULL,
	"area" integer NOT NULL,
	"same_as" integer NOT NULL,
	CONSTRAINT "area_alias_financial_year_area_pk" PRIMARY KEY("financial_year","area")
);
--> statement-breakpoint
CREATE TABLE "reference"."bank_holiday" (
	"calendar" text NOT NULL,
	"day" date NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "bank_holiday_calendar_day_pk" PRIMARY KEY("calendar","day")
);
--> statement-breakpoint
CREATE TABLE "reference"."best_fit" (
	"financial_year" smallint NOT NULL,
	"area" integer NOT NULL,
	"households_elsewhere" integer NOT NULL,
	"households_from_elsewhere" integer NOT NULL,
	CONSTRAINT "best_fit_financial_year_area_pk" PRIMARY KEY("financial_year","area")
);
--> statement-breakpoint
CREATE TABLE "reference"."boundary" (
	"financial_year" smallint NOT NULL,
	"area" integer NOT NULL,
	"tolerance_metres" smallint NOT NULL,
	"geometry" jsonb NOT NULL,
	"west" double precision NOT NULL,
	"south" double precision NOT NULL,
	"east" double precision NOT NULL,
	"north" double precision NOT NULL,
	CONSTRAINT "boundary_financial_year_area_tolerance_metres_pk" PRIMARY KEY("financial_year","area","tolerance_metres")
);
--> statement-breakpoint
CREATE TABLE "reference"."demo_world" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"seed" text NOT NULL,
	"size" text NOT NULL,
	"loaded_on" date NOT NULL,
	"arrived_until" date NOT NULL,
	"week_ends_on" date,
	"week_contacts" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference"."deprivation" (
	"edition" smallint NOT NULL,
	"small_area" text NOT NULL,
	"nation" text NOT NULL,
	"rank" integer NOT NULL,
	"decile" smallint NOT NULL,
	"domains" jsonb NOT NULL,
	CONSTRAINT "deprivation_edition_small_area_pk" PRIMARY KEY("edition","small_area")
);
--> statement-breakpoint
CREATE TABLE "reference"."edition" (
	"number" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reference"."edition_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"month" text NOT NULL,
	"geography" text,
	"states_status" boolean DEFAULT true NOT NULL,
	"loaded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "edition_name" UNIQUE("kind","name")
);
--> statement-breakpoint
CREATE TABLE "reference"."geography" (
	"financial_year" smallint PRIMARY KEY NOT NULL,
	"version" text NOT NULL,
	"built_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference"."installation" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"clock_offset_ms" bigint DEFAULT 0 NOT NULL,
	"calendar" text DEFAULT 'england-and-wales' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference"."need" (
	"number" smallint PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"domain_number" smallint NOT NULL,
	"label" text NOT NULL,
	"definition" text NOT NULL,
	"synonyms" text[] NOT NULL,
	"framework" text NOT NULL,
	"framework_domain" text NOT NULL,
	"indicators" text[] NOT NULL,
	"severity_hint" text NOT NULL,
	"sensitive" boolean NOT NULL,
	"retired_on" date,
	"replaced_by" text,
	"taxonomy_version" smallint NOT NULL,
	CONSTRAINT "need_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "reference"."need_domain" (
	"number" smallint PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"label" text NOT NULL,
	CONSTRAINT "need_domain_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "reference"."place_name" (
	"code" text PRIMARY KEY NOT NULL,
	"level" text NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference"."postcode" (
	"postcode" text PRIMARY KEY NOT NULL,
	"edition" smallint NOT NULL,
	"sector" text NOT NULL,
	"district" text NOT NULL,
	"live" boolean NOT NULL,
	"small_user" boolean NOT NULL,
	"easting" integer,
	"northing" integer,
	"latitude" real,
	"longitude" real,
	"small_area_2011" text,
	"small_area_2021" text,
	"ward" text,
	"authority" text,
	"region" text,
	"nation" text
);
--> statement-breakpoint
CREATE TABLE "reference"."release_sector" (
	"financial_year" smallint NOT NULL,
	"number" integer NOT NULL,
	"district" integer NOT NULL,
	"authority" integer,
	"region" integer,
	"nation" integer,
	"households" integer,
	"residents" integer,
	"live_postcodes" integer NOT NULL,
	"deprivation_mix" jsonb,
	"deprivation_edition" smallint,
	"average_decile" smallint,
	CONSTRAINT "release_sector_financial_year_number_pk" PRIMARY KEY("financial_year","number")
);
--> statement-breakpoint
CREATE TABLE "reference"."release_sector_part" (
	"financial_year" smallint NOT NULL,
	"sector" text NOT NULL,
	"release_sector" integer NOT NULL,
	CONSTRAINT "release_sector_part_financial_year_sector_pk" PRIMARY KEY("financial_year","sector")
);
--> statement-breakpoint
CREATE TABLE "reference"."sector" (
	"code" text PRIMARY KEY NOT NULL,
	"district" text NOT NULL,
	"live_postcodes" integer NOT NULL,
	"live_small_user_postcodes" integer NOT NULL,
	"households" integer,
	"residents" integer
);
--> statement-breakpoint
CREATE TABLE "reference"."small_area" (
	"geography" text NOT NULL,
	"code" text NOT NULL,
	"name" text,
	"households" integer,
	"households_edition" smallint,
	"residents" integer,
	"residents_edition" smallint,
	CONSTRAINT "small_area_geography_code_pk" PRIMARY KEY("geography","code")
);
--> statement-breakpoint
CREATE TABLE "reference"."small_area_lookup" (
	"code_2011" text NOT NULL,
	"code_2021" text NOT NULL,
	"change" text NOT NULL,
	CONSTRAINT "small_area_lookup_code_2011_code_2021_pk" PRIMARY KEY("code_2011","code_2021")
);
--> statement-breakpoint
CREATE TABLE "statistics"."basis" (
	"name" text PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statistics"."cell" (
	"area" integer NOT NULL,
	"node" smallint NOT NULL,
	"slice" smallint DEFAULT 0 NOT NULL,
	"period" smallint NOT NULL,
	"people" integer NOT NULL,
	"cell_key" bigint NOT NULL,
	"clock" text,
	"refresh_no" integer DEFAULT 0 NOT NULL,
	"changed" bigint[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "cell_area_node_slice_period_pk" PRIMARY KEY("area","node","slice","period")
);
--> statement-breakpoint
CREATE TABLE "statistics"."changed_person" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "statistics"."changed_person_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"person_id" uuid NOT NULL,
	"marked_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "statistics"."presence" (
	"person_key" bigint NOT NULL,
	"financial_year" smallint NOT NULL,
	"need_number" smallint NOT NULL,
	"release_sector" integer NOT NULL,
	"months" smallint NOT NULL,
	"settled" integer DEFAULT 0 NOT NULL,
	"anonymous" boolean NOT NULL,
	CONSTRAINT "presence_person_key_need_number_release_sector_financial_year_pk" PRIMARY KEY("person_key","need_number","release_sector","financial_year")
);
--> statement-breakpoint
CREATE TABLE "statistics"."settled_cell" (
	"area" integer NOT NULL,
	"node" smallint NOT NULL,
	"slice" smallint DEFAULT 0 NOT NULL,
	"period" smallint NOT NULL,
	"settle_no" smallint NOT NULL,
	"source_period" smallint NOT NULL,
	"source_settle_no" smallint NOT NULL,
	"figure" integer,
	"anonymous_band" smallint NOT NULL,
	CONSTRAINT "settled_cell_period_area_node_slice_pk" PRIMARY KEY("period","area","node","slice")
);
--> statement-breakpoint
CREATE TABLE "statistics"."settled_change" (
	"period" smallint NOT NULL,
	"settle_no" smallint NOT NULL,
	"person_key" bigint NOT NULL,
	"need_number" smallint NOT NULL,
	"release_sector" integer NOT NULL,
	CONSTRAINT "settled_change_period_settle_no_person_key_need_number_release_sector_pk" PRIMARY KEY("period","settle_no","person_key","need_number","release_sector")
);
--> statement-breakpoint
CREATE TABLE "statistics"."settlement" (
	"period" smallint PRIMARY KEY NOT NULL,
	"settle_no" smallint NOT NULL,
	"settled_on" date NOT NULL,
	"release_no" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "casework"."client" ADD CONSTRAINT "client_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."contact" ADD CONSTRAINT "contact_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."contact" ADD CONSTRAINT "contact_organisation_id_service_id_service_organisation_id_id_fk" FOREIGN KEY ("organisation_id","service_id") REFERENCES "casework"."service"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."issue" ADD CONSTRAINT "issue_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."issue_entry" ADD CONSTRAINT "issue_entry_organisation_id_contact_id_contact_organisation_id_id_fk" FOREIGN KEY ("organisation_id","contact_id") REFERENCES "casework"."contact"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."issue_entry" ADD CONSTRAINT "issue_entry_organisation_id_issue_id_issue_organisation_id_id_fk" FOREIGN KEY ("organisation_id","issue_id") REFERENCES "casework"."issue"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."member" ADD CONSTRAINT "member_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."member" ADD CONSTRAINT "member_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "casework"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."member" ADD CONSTRAINT "member_organisation_id_service_id_service_organisation_id_id_fk" FOREIGN KEY ("organisation_id","service_id") REFERENCES "casework"."service"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."password_link" ADD CONSTRAINT "password_link_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "casework"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."service" ADD CONSTRAINT "service_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."service_need" ADD CONSTRAINT "service_need_organisation_id_service_id_service_organisation_id_id_fk" FOREIGN KEY ("organisation_id","service_id") REFERENCES "casework"."service"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."session" ADD CONSTRAINT "session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "casework"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."session" ADD CONSTRAINT "session_organisation_id_member_id_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","member_id") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."audit_seal" ADD CONSTRAINT "audit_seal_entry_id_audit_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "governance"."audit_entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."best_fit" ADD CONSTRAINT "best_fit_area_area_number_fk" FOREIGN KEY ("area") REFERENCES "reference"."area"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."boundary" ADD CONSTRAINT "boundary_area_area_number_fk" FOREIGN KEY ("area") REFERENCES "reference"."area"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."deprivation" ADD CONSTRAINT "deprivation_edition_edition_number_fk" FOREIGN KEY ("edition") REFERENCES "reference"."edition"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."need" ADD CONSTRAINT "need_domain_number_need_domain_number_fk" FOREIGN KEY ("domain_number") REFERENCES "reference"."need_domain"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."postcode" ADD CONSTRAINT "postcode_edition_edition_number_fk" FOREIGN KEY ("edition") REFERENCES "reference"."edition"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."release_sector" ADD CONSTRAINT "release_sector_number_area_number_fk" FOREIGN KEY ("number") REFERENCES "reference"."area"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."release_sector_part" ADD CONSTRAINT "release_sector_part_release_sector_area_number_fk" FOREIGN KEY ("release_sector") REFERENCES "reference"."area"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."small_area" ADD CONSTRAINT "small_area_households_edition_edition_number_fk" FOREIGN KEY ("households_edition") REFERENCES "reference"."edition"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."small_area" ADD CONSTRAINT "small_area_residents_edition_edition_number_fk" FOREIGN KEY ("residents_edition") REFERENCES "reference"."edition"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_email" ON "casework"."account" USING btree ("email");--> statement-breakpoint
CREATE INDEX "contact_client" ON "casework"."contact" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "contact_day" ON "casework"."contact" USING btree ("organisation_id","occurred_on");--> statement-breakpoint
CREATE INDEX "contact_member" ON "casework"."contact" USING btree ("organisation_id","member_id","received_no") WHERE member_id is not null;--> statement-breakpoint
CREATE INDEX "issue_client" ON "casework"."issue" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "issue_entry_issue" ON "casework"."issue_entry" USING btree ("organisation_id","issue_id");--> statement-breakpoint
CREATE INDEX "member_by_account" ON "casework"."member" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "password_link_account" ON "casework"."password_link" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "session_account" ON "casework"."session" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "audit_entry_organisation" ON "governance"."audit_entry" USING btree ("organisation_id","id");--> statement-breakpoint
CREATE INDEX "client_identifier_blind_index" ON "identity"."client_identifier" USING btree ("kind","blind_index");--> statement-breakpoint
CREATE INDEX "client_person_person" ON "identity"."client_person" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "client_token_client" ON "identity"."client_token" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "link_assertion_a" ON "identity"."link_assertion" USING btree ("organisation_id_a","client_id_a");--> statement-breakpoint
CREATE INDEX "link_assertion_b" ON "identity"."link_assertion" USING btree ("organisation_id_b","client_id_b");--> statement-breakpoint
CREATE UNIQUE INDEX "area_code" ON "reference"."area" USING btree ("level","code");--> statement-breakpoint
CREATE INDEX "postcode_sector" ON "reference"."postcode" USING btree ("sector");--> statement-breakpoint
CREATE INDEX "small_area_lookup_2021" ON "reference"."small_area_lookup" USING btree ("code_2021");--> statement-breakpoint
CREATE INDEX "presence_place" ON "statistics"."presence" USING btree ("release_sector","need_number");