CREATE TYPE "casework"."action_outcome" AS ENUM('done', 'not-needed');--> statement-breakpoint
CREATE TYPE "casework"."score_direction" AS ENUM('higher-better', 'lower-better');--> statement-breakpoint
CREATE TABLE "casework"."action" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"issue_id" uuid,
	"title" "bytea" NOT NULL,
	"due_on" date,
	"member_id" uuid,
	"created_by" uuid,
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
	"reviewed_by" uuid NOT NULL,
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
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
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
ALTER TABLE "casework"."client" ADD COLUMN "assigned_to" uuid;--> statement-breakpoint
ALTER TABLE "casework"."client" ADD COLUMN "assigned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "casework"."member" ADD COLUMN "not_seen_days" smallint DEFAULT 28 NOT NULL;--> statement-breakpoint
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
ALTER TABLE "casework"."need_pair" ADD CONSTRAINT "need_pair_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "action_client" ON "casework"."action" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "action_open" ON "casework"."action" USING btree ("organisation_id","member_id","due_on") WHERE done_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feed_token" ON "casework"."calendar_feed" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "instrument_score_client" ON "casework"."instrument_score" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "reassigned_client_client" ON "casework"."reassigned_client" USING btree ("organisation_id","client_id");--> statement-breakpoint
ALTER TABLE "casework"."client" ADD CONSTRAINT "client_organisation_id_assigned_to_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","assigned_to") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "client_assigned" ON "casework"."client" USING btree ("organisation_id","assigned_to") WHERE assigned_to is not null;--> statement-breakpoint
CREATE INDEX "client_unassigned" ON "casework"."client" USING btree ("organisation_id","id") WHERE assigned_to is null and closed_on is null and not anonymous;--> statement-breakpoint
CREATE INDEX "issue_entry_crisis" ON "casework"."issue_entry" USING btree ("organisation_id","issue_id") WHERE severity = 'crisis';