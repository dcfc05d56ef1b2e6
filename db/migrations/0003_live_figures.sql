CREATE TABLE "reference"."indicator" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"definition" text NOT NULL,
	"source" text NOT NULL,
	"unit" text NOT NULL,
	"edition" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference"."indicator_value" (
	"code" text NOT NULL,
	"edition" smallint NOT NULL,
	"area_code" text NOT NULL,
	"time_period" text NOT NULL,
	"area_name" text NOT NULL,
	"value" double precision NOT NULL,
	"low" double precision,
	"high" double precision,
	CONSTRAINT "indicator_value_area_code_code_edition_time_period_pk" PRIMARY KEY("area_code","code","edition","time_period")
);
--> statement-breakpoint
CREATE TABLE "published"."panel" (
	"financial_year" smallint NOT NULL,
	"type" text NOT NULL,
	"area" integer NOT NULL,
	"reporters" integer[] NOT NULL,
	CONSTRAINT "panel_financial_year_type_area_pk" PRIMARY KEY("financial_year","type","area")
);
--> statement-breakpoint
CREATE TABLE "statistics"."panel_change" (
	"slice" smallint NOT NULL,
	"period" smallint NOT NULL,
	"settle_no" smallint NOT NULL,
	"person_key" bigint NOT NULL,
	"need_number" smallint NOT NULL,
	"release_sector" integer NOT NULL,
	CONSTRAINT "panel_change_slice_period_settle_no_person_key_need_number_release_sector_pk" PRIMARY KEY("slice","period","settle_no","person_key","need_number","release_sector")
);
--> statement-breakpoint
CREATE TABLE "statistics"."panel_presence" (
	"person_key" bigint NOT NULL,
	"financial_year" smallint NOT NULL,
	"need_number" smallint NOT NULL,
	"release_sector" integer NOT NULL,
	"settled" integer DEFAULT 0 NOT NULL,
	"settled_next" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "panel_presence_person_key_need_number_release_sector_financial_year_pk" PRIMARY KEY("person_key","need_number","release_sector","financial_year")
);
--> statement-breakpoint
CREATE TABLE "statistics"."panel_settlement" (
	"slice" smallint NOT NULL,
	"period" smallint NOT NULL,
	"settle_no" smallint NOT NULL,
	CONSTRAINT "panel_settlement_slice_period_pk" PRIMARY KEY("slice","period")
);
--> statement-breakpoint
CREATE TABLE "statistics"."panel_unit" (
	"financial_year" smallint NOT NULL,
	"type" text NOT NULL,
	"area" integer NOT NULL,
	"reporter" integer NOT NULL,
	CONSTRAINT "panel_unit_financial_year_type_area_reporter_pk" PRIMARY KEY("financial_year","type","area","reporter")
);
--> statement-breakpoint
CREATE TABLE "statistics"."reporter" (
	"period" smallint NOT NULL,
	"area" integer NOT NULL,
	"reporter" integer NOT NULL,
	"figure" integer NOT NULL,
	CONSTRAINT "reporter_period_area_reporter_pk" PRIMARY KEY("period","area","reporter")
);
--> statement-breakpoint
CREATE TABLE "published"."reporting" (
	"area" integer NOT NULL,
	"reporter" integer NOT NULL,
	"name" text NOT NULL,
	"first_month" smallint NOT NULL,
	"last_month" smallint NOT NULL,
	CONSTRAINT "reporting_area_reporter_pk" PRIMARY KEY("area","reporter")
);
--> statement-breakpoint
CREATE TABLE "statistics"."settled_panel_cell" (
	"slice" smallint NOT NULL,
	"period" smallint NOT NULL,
	"area" integer NOT NULL,
	"node" smallint NOT NULL,
	"source_slice" smallint NOT NULL,
	"source_period" smallint NOT NULL,
	"source_settle_no" smallint NOT NULL,
	"figure" integer,
	CONSTRAINT "settled_panel_cell_slice_period_area_node_pk" PRIMARY KEY("slice","period","area","node")
);
--> statement-breakpoint
CREATE TABLE "reference"."event_marker" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" integer NOT NULL,
	"organisation_name" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"happens_on" date NOT NULL,
	"areas" integer[] NOT NULL,
	"comparison" integer[] NOT NULL,
	"expected" jsonb NOT NULL,
	"reason" text NOT NULL,
	"written_on" date NOT NULL,
	"figures_until" date,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_marker_organisation" UNIQUE("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "reference"."event_note" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"organisation_id" integer NOT NULL,
	"organisation_name" text NOT NULL,
	"text" text NOT NULL,
	"withdraws" boolean NOT NULL,
	"written_on" date NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "published"."clock" (
	"financial_year" smallint NOT NULL,
	"node" smallint NOT NULL,
	"slice" smallint DEFAULT 0 NOT NULL,
	"area" integer NOT NULL,
	"slot" smallint,
	"silent_slots" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "clock_financial_year_node_slice_area_pk" PRIMARY KEY("financial_year","node","slice","area")
);
--> statement-breakpoint
CREATE TABLE "published"."clock_choice" (
	"financial_year" smallint PRIMARY KEY NOT NULL,
	"chosen_on" date NOT NULL,
	"from_period" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "published"."open_figure" (
	"node" smallint NOT NULL,
	"slice" smallint DEFAULT 0 NOT NULL,
	"period" smallint NOT NULL,
	"area" integer NOT NULL,
	"figure" integer NOT NULL,
	CONSTRAINT "open_figure_node_slice_period_area_pk" PRIMARY KEY("node","slice","period","area")
);
--> statement-breakpoint
CREATE TABLE "published"."passed_slot" (
	"slot" smallint PRIMARY KEY NOT NULL,
	"slot_at" timestamp with time zone,
	"looked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "published"."pair_figure" (
	"period" smallint NOT NULL,
	"area" integer NOT NULL,
	"domain_a" smallint NOT NULL,
	"domain_b" smallint NOT NULL,
	"figure" integer NOT NULL,
	"release_no" integer NOT NULL,
	CONSTRAINT "pair_figure_period_area_domain_a_domain_b_pk" PRIMARY KEY("period","area","domain_a","domain_b")
);
--> statement-breakpoint
CREATE TABLE "statistics"."settled_pair" (
	"period" smallint NOT NULL,
	"area" integer NOT NULL,
	"domain_a" smallint NOT NULL,
	"domain_b" smallint NOT NULL,
	"source_period" smallint NOT NULL,
	"source_settle_no" smallint NOT NULL,
	"figure" integer,
	CONSTRAINT "settled_pair_period_area_domain_a_domain_b_pk" PRIMARY KEY("period","area","domain_a","domain_b")
);
--> statement-breakpoint
CREATE TABLE "published"."frozen_bytes" (
	"sha256" text PRIMARY KEY NOT NULL,
	"size" integer NOT NULL,
	"compressed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "published"."release_file" (
	"release_no" integer NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	"rows" integer,
	"frozen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"later" boolean NOT NULL,
	CONSTRAINT "release_file_release_no_name_pk" PRIMARY KEY("release_no","name")
);
--> statement-breakpoint
CREATE TABLE "published"."release_part" (
	"release_no" integer NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"sha256" text NOT NULL,
	"period" smallint,
	"level" text,
	"area_from" integer,
	"area_to" integer,
	"rows" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "release_part_release_no_name_position_pk" PRIMARY KEY("release_no","name","position")
);
--> statement-breakpoint
CREATE TABLE "statistics"."person_trait" (
	"person_key" bigint NOT NULL,
	"from_settlement" integer NOT NULL,
	"traits" integer NOT NULL,
	CONSTRAINT "person_trait_person_key_from_settlement_pk" PRIMARY KEY("person_key","from_settlement")
);
--> statement-breakpoint
CREATE TABLE "statistics"."settlement_order" (
	"number" integer PRIMARY KEY NOT NULL,
	"period" smallint NOT NULL,
	"settle_no" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity"."trait" (
	"organisation_id" integer NOT NULL,
	"client_id" uuid NOT NULL,
	"traits" "bytea",
	"identity_version" integer NOT NULL,
	"looked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "trait_organisation_id_client_id_pk" PRIMARY KEY("organisation_id","client_id")
);
--> statement-breakpoint
DROP INDEX "statistics"."presence_place";--> statement-breakpoint
ALTER TABLE "published"."coverage" ADD COLUMN "changed" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reference"."event_marker" ADD CONSTRAINT "event_marker_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference"."event_note" ADD CONSTRAINT "event_note_organisation_id_event_id_event_marker_organisation_id_id_fk" FOREIGN KEY ("organisation_id","event_id") REFERENCES "reference"."event_marker"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published"."release_part" ADD CONSTRAINT "release_part_sha256_frozen_bytes_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "published"."frozen_bytes"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_marker_day" ON "reference"."event_marker" USING btree ("happens_on");--> statement-breakpoint
CREATE INDEX "event_note_event" ON "reference"."event_note" USING btree ("event_id");--> statement-breakpoint
CREATE UNIQUE INDEX "event_note_withdrawn" ON "reference"."event_note" USING btree ("event_id") WHERE withdraws;--> statement-breakpoint
CREATE INDEX "clock_slot" ON "published"."clock" USING btree ("financial_year","slot");--> statement-breakpoint
CREATE INDEX "settled_change_person" ON "statistics"."settled_change" USING btree ("person_key");--> statement-breakpoint
CREATE INDEX "presence_place" ON "statistics"."presence" USING btree ("release_sector","financial_year","need_number");--> statement-breakpoint
ALTER TABLE "statistics"."cell" DROP COLUMN "clock";