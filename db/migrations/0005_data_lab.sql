CREATE TABLE "published"."figures_mark" (
	"id" smallint PRIMARY KEY NOT NULL,
	"mark" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lab"."overlap" (
	"organisation_id" integer NOT NULL,
	"study_id" uuid NOT NULL,
	"era" smallint NOT NULL,
	"run_at" timestamp with time zone DEFAULT now() NOT NULL,
	"slots" "bytea" NOT NULL,
	CONSTRAINT "overlap_organisation_id_study_id_pk" PRIMARY KEY("organisation_id","study_id")
);
--> statement-breakpoint
CREATE TABLE "lab"."receipt" (
	"organisation_id" integer NOT NULL,
	"upload_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"ended" text NOT NULL,
	"destroyed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"byte_count" integer NOT NULL,
	"pieces" integer NOT NULL,
	"sha256" text NOT NULL,
	"sent_by" uuid NOT NULL,
	"seconded_by" uuid,
	CONSTRAINT "receipt_organisation_id_upload_id_pk" PRIMARY KEY("organisation_id","upload_id")
);
--> statement-breakpoint
CREATE TABLE "lab"."study" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"plan" jsonb NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"asked_by" uuid,
	"asked_at" timestamp with time zone,
	"seconded_by" uuid,
	"fixed_at" timestamp with time zone,
	"returned_because" text,
	"canonical" text,
	"plan_hash" text,
	"holder_organisation_id" integer,
	"upload_id" uuid,
	"stage" text,
	"send_again" text,
	"refused" text,
	"fault_id" uuid,
	"numbers" jsonb,
	"ran_at" timestamp with time zone,
	"counted_on" date,
	"software" text,
	"ready_at" timestamp with time zone,
	"signed_by_account" uuid,
	"signed_at" timestamp with time zone,
	"published_by" uuid,
	"published_at" timestamp with time zone,
	"withdrawn_by" uuid,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "study_organisation_id_id_pk" PRIMARY KEY("organisation_id","id"),
	CONSTRAINT "study_number" UNIQUE("organisation_id","number")
);
--> statement-breakpoint
CREATE TABLE "lab"."upload" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'key' NOT NULL,
	"keeper" uuid,
	"public_key" "bytea",
	"keyed_at" timestamp with time zone,
	"pieces" integer DEFAULT 0 NOT NULL,
	"byte_count" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "upload_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "lab"."upload_piece" (
	"organisation_id" integer NOT NULL,
	"upload_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "upload_piece_organisation_id_upload_id_number_pk" PRIMARY KEY("organisation_id","upload_id","number")
);
--> statement-breakpoint
CREATE TABLE "lab"."data_holder" (
	"organisation_id" integer PRIMARY KEY NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lab"."data_set" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"codebook" jsonb NOT NULL,
	"codebook_hash" text NOT NULL,
	"digest" "bytea",
	"people" integer NOT NULL,
	"index_records" integer NOT NULL,
	"events" integer NOT NULL,
	"loaded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"loaded_by" uuid,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" uuid,
	CONSTRAINT "data_set_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "lab"."data_set_block" (
	"organisation_id" integer NOT NULL,
	"data_set_id" uuid NOT NULL,
	"block" integer NOT NULL,
	"identities" "bytea" NOT NULL,
	"covariates" "bytea" NOT NULL,
	"events" "bytea" NOT NULL,
	CONSTRAINT "data_set_block_organisation_id_data_set_id_block_pk" PRIMARY KEY("organisation_id","data_set_id","block")
);
--> statement-breakpoint
CREATE TABLE "lab"."data_set_load" (
	"organisation_id" integer NOT NULL,
	"upload_id" uuid NOT NULL,
	"load" jsonb NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_set_load_organisation_id_upload_id_pk" PRIMARY KEY("organisation_id","upload_id")
);
--> statement-breakpoint
CREATE TABLE "published"."study" (
	"number" integer PRIMARY KEY NOT NULL,
	"study_id" uuid NOT NULL,
	"organisation_name" text NOT NULL,
	"intervention" text NOT NULL,
	"data_set_name" text NOT NULL,
	"finding" text NOT NULL,
	"sent" integer,
	"compared" integer,
	"record" jsonb,
	"published_on" date NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_on" date,
	CONSTRAINT "study_studyId_unique" UNIQUE("study_id")
);
--> statement-breakpoint
CREATE TABLE "published"."study_file" (
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"media_type" text NOT NULL,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	CONSTRAINT "study_file_number_name_pk" PRIMARY KEY("number","name")
);
--> statement-breakpoint
ALTER TABLE "lab"."upload_piece" ADD CONSTRAINT "upload_piece_organisation_id_upload_id_upload_organisation_id_id_fk" FOREIGN KEY ("organisation_id","upload_id") REFERENCES "lab"."upload"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab"."data_holder" ADD CONSTRAINT "data_holder_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab"."data_set" ADD CONSTRAINT "data_set_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "casework"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lab"."data_set_block" ADD CONSTRAINT "data_set_block_organisation_id_data_set_id_data_set_organisation_id_id_fk" FOREIGN KEY ("organisation_id","data_set_id") REFERENCES "lab"."data_set"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published"."study_file" ADD CONSTRAINT "study_file_number_study_number_fk" FOREIGN KEY ("number") REFERENCES "published"."study"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "published"."study_file" ADD CONSTRAINT "study_file_sha256_frozen_bytes_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "published"."frozen_bytes"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "receipt_subject" ON "lab"."receipt" USING btree ("organisation_id","subject_id");--> statement-breakpoint
CREATE INDEX "receipt_month" ON "lab"."receipt" USING btree ("organisation_id","destroyed_at");--> statement-breakpoint
CREATE INDEX "study_to_sign" ON "lab"."study" USING btree ("holder_organisation_id") WHERE state in ('ready', 'signed', 'published');--> statement-breakpoint
CREATE INDEX "study_runs" ON "lab"."study" USING btree ("organisation_id") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "upload_subject" ON "lab"."upload" USING btree ("organisation_id","subject_id");--> statement-breakpoint
CREATE INDEX "upload_alive" ON "lab"."upload" USING btree ("organisation_id") WHERE state <> 'ended';--> statement-breakpoint
CREATE INDEX "study_published_on" ON "published"."study" USING btree ("published_on" DESC NULLS LAST,"number" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "coverage_changed" ON "published"."coverage" USING btree ("period","area") WHERE changed <> 0;