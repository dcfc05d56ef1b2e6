CREATE TYPE "casework"."story_state" AS ENUM('draft', 'checked', 'retired');--> statement-breakpoint
CREATE TABLE "casework"."own_framework" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"funder" text DEFAULT '' NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "own_framework_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "own_framework_name" UNIQUE("organisation_id","name")
);
--> statement-breakpoint
CREATE TABLE "casework"."own_framework_version" (
	"organisation_id" integer NOT NULL,
	"framework_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"lines" jsonb NOT NULL,
	"made_by" uuid,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "own_framework_version_organisation_id_framework_id_version_pk" PRIMARY KEY("organisation_id","framework_id","version")
);
--> statement-breakpoint
CREATE TABLE "casework"."programme" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"purpose" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "programme_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "programme_id" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "casework"."programme_agreement" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"lead_organisation_id" integer NOT NULL,
	"programme_id" uuid NOT NULL,
	"words" text NOT NULL,
	"agreed_by" uuid NOT NULL,
	"agreed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_by" uuid,
	"ended_at" timestamp with time zone,
	CONSTRAINT "programme_agreement_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."programme_invitation" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"invited_organisation_id" integer NOT NULL,
	"invited_by" uuid NOT NULL,
	"invited_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_by" uuid,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "programme_invitation_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."story" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"state" "casework"."story_state" DEFAULT 'draft' NOT NULL,
	"revision" integer NOT NULL,
	"words" "bytea" NOT NULL,
	"who" "bytea" NOT NULL,
	"written_by" uuid NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	"checked_by" uuid,
	"checked_at" timestamp with time zone,
	"retired_at" timestamp with time zone,
	CONSTRAINT "story_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."story_consent" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"story_id" uuid NOT NULL,
	"audiences" text[] NOT NULL,
	"answered_on" date NOT NULL,
	"until_on" date,
	"how" "casework"."channel" NOT NULL,
	"words_version" smallint NOT NULL,
	"revision" integer NOT NULL,
	"asked_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "story_consent_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "statistics"."impact_set" (
	"area" text NOT NULL,
	"measure" text NOT NULL,
	"period" smallint NOT NULL,
	"settle_no" smallint NOT NULL,
	"source_period" smallint NOT NULL,
	"source_settle_no" smallint NOT NULL,
	"figure" integer,
	"members" "bytea",
	"estimate" jsonb,
	CONSTRAINT "impact_set_area_measure_period_settle_no_pk" PRIMARY KEY("area","measure","period","settle_no")
);
--> statement-breakpoint
CREATE TABLE "statistics"."impact_settlement" (
	"area" text NOT NULL,
	"period" smallint NOT NULL,
	"settle_no" smallint NOT NULL,
	CONSTRAINT "impact_settlement_area_period_pk" PRIMARY KEY("area","period")
);
--> statement-breakpoint
CREATE TABLE "casework"."summary" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"series_id" uuid NOT NULL,
	"version" smallint NOT NULL,
	"programme_id" uuid,
	"plan" jsonb NOT NULL,
	"stories" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"state" text DEFAULT 'making' NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"cut_off" timestamp with time zone,
	"counted_on" date,
	"method" text,
	"software" text,
	"exact_numbers" jsonb,
	"figure_numbers" jsonb,
	"paper" jsonb,
	"changes" jsonb,
	"trace" jsonb,
	"made_by" uuid,
	"schedule_id" uuid,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ready_at" timestamp with time zone,
	"told_at" timestamp with time zone,
	"fault_id" uuid,
	"refused" text,
	CONSTRAINT "summary_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "summary_version" UNIQUE("organisation_id","series_id","version")
);
--> statement-breakpoint
CREATE TABLE "casework"."summary_file" (
	"organisation_id" integer NOT NULL,
	"summary_id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" smallint NOT NULL,
	"media_type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "summary_file_organisation_id_summary_id_name_pk" PRIMARY KEY("organisation_id","summary_id","name")
);
--> statement-breakpoint
CREATE TABLE "casework"."summary_schedule" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"plan" jsonb NOT NULL,
	"every" text NOT NULL,
	"next_period" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"stopped_at" timestamp with time zone,
	"broken_at" timestamp with time zone,
	"told_at" timestamp with time zone,
	CONSTRAINT "summary_schedule_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "casework"."summary_template" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"plan" jsonb NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "summary_template_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "summary_template_name" UNIQUE("organisation_id","name")
);
--> statement-breakpoint
CREATE TABLE "casework"."summary_notice" (
	"organisation_id" integer NOT NULL,
	"about_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"tries" smallint NOT NULL,
	"tried_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone,
	CONSTRAINT "summary_notice_organisation_id_about_id_member_id_pk" PRIMARY KEY("organisation_id","about_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "casework"."unit_cost" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"basis" text NOT NULL,
	"path" text NOT NULL,
	"value" double precision NOT NULL,
	"low" double precision NOT NULL,
	"high" double precision NOT NULL,
	"source" text NOT NULL,
	"year" smallint NOT NULL,
	"confidence" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "unit_cost_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "unit_cost_name" UNIQUE("organisation_id","name")
);
--> statement-breakpoint
DROP INDEX "casework"."contact_client";--> statement-breakpoint
ALTER TABLE "statistics"."changed_person" ADD COLUMN "since" date;--> statement-breakpoint
ALTER TABLE "casework"."own_framework" ADD CONSTRAINT "own_framework_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."own_framework_version" ADD CONSTRAINT "own_framework_version_organisation_id_framework_id_own_framework_organisation_id_id_fk" FOREIGN KEY ("organisation_id","framework_id") REFERENCES "casework"."own_framework"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."own_framework_version" ADD CONSTRAINT "own_framework_version_organisation_id_made_by_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","made_by") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."programme" ADD CONSTRAINT "programme_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."programme_agreement" ADD CONSTRAINT "programme_agreement_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."programme_agreement" ADD CONSTRAINT "programme_agreement_lead_organisation_id_programme_id_programme_organisation_id_id_fk" FOREIGN KEY ("lead_organisation_id","programme_id") REFERENCES "casework"."programme"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."programme_invitation" ADD CONSTRAINT "programme_invitation_invited_organisation_id_organisation_id_fk" FOREIGN KEY ("invited_organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."programme_invitation" ADD CONSTRAINT "programme_invitation_organisation_id_programme_id_programme_organisation_id_id_fk" FOREIGN KEY ("organisation_id","programme_id") REFERENCES "casework"."programme"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."story" ADD CONSTRAINT "story_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."story" ADD CONSTRAINT "story_organisation_id_written_by_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","written_by") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."story" ADD CONSTRAINT "story_organisation_id_checked_by_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","checked_by") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."story_consent" ADD CONSTRAINT "story_consent_organisation_id_story_id_story_organisation_id_id_fk" FOREIGN KEY ("organisation_id","story_id") REFERENCES "casework"."story"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."story_consent" ADD CONSTRAINT "story_consent_organisation_id_asked_by_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","asked_by") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."summary" ADD CONSTRAINT "summary_organisation_id_programme_id_programme_organisation_id_id_fk" FOREIGN KEY ("organisation_id","programme_id") REFERENCES "casework"."programme"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."summary_file" ADD CONSTRAINT "summary_file_organisation_id_summary_id_summary_organisation_id_id_fk" FOREIGN KEY ("organisation_id","summary_id") REFERENCES "casework"."summary"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."summary_notice" ADD CONSTRAINT "summary_notice_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."unit_cost" ADD CONSTRAINT "unit_cost_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "programme_agreement_stands" ON "casework"."programme_agreement" USING btree ("organisation_id","programme_id") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "programme_invitation_stands" ON "casework"."programme_invitation" USING btree ("organisation_id","programme_id","invited_organisation_id") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "story_client" ON "casework"."story" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "story_consent_story" ON "casework"."story_consent" USING btree ("organisation_id","story_id");--> statement-breakpoint
CREATE INDEX "summary_asked" ON "casework"."summary" USING btree ("organisation_id","asked_at");--> statement-breakpoint
CREATE INDEX "summary_waits" ON "casework"."summary" USING btree ("organisation_id") WHERE state = 'making';--> statement-breakpoint
CREATE INDEX "contact_client" ON "casework"."contact" USING btree ("organisation_id","client_id","occurred_on");