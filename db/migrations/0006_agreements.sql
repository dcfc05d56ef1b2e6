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
ALTER TABLE "casework"."session" ADD COLUMN "stepped_up_at" timestamp with time zone;--> statement-breakpoint
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
CREATE UNIQUE INDEX "agreement_open_draft" ON "governance"."agreement" USING btree ("id") WHERE state in ('draft', 'proposed');--> statement-breakpoint
CREATE INDEX "agreement_maker" ON "governance"."agreement" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "agreement_party_organisation" ON "governance"."agreement_party" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "objection_client" ON "governance"."objection" USING btree ("organisation_id","client_id");