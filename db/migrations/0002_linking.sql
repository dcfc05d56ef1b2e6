CREATE TABLE "identity"."link_opinion" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "identity"."link_opinion_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"review_id" uuid NOT NULL,
	"evidence_no" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"organisation_id" integer NOT NULL,
	"member_id" uuid NOT NULL,
	"says" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"taken_back_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "identity"."link_review" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id_a" integer NOT NULL,
	"client_id_a" uuid NOT NULL,
	"organisation_id_b" integer NOT NULL,
	"client_id_b" uuid NOT NULL,
	"reason" text NOT NULL,
	"repeat_of" uuid,
	"probability" double precision NOT NULL,
	"weight" double precision NOT NULL,
	"model" text NOT NULL,
	"same_needs" smallint NOT NULL,
	"different_needs" smallint NOT NULL,
	"most_clients" smallint NOT NULL,
	"comparison" "bytea" NOT NULL,
	"evidence_no" smallint DEFAULT 1 NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "identity"."blocking_key" (
	"token" bigint NOT NULL,
	"organisation_id" integer NOT NULL,
	"client_id" uuid NOT NULL,
	CONSTRAINT "blocking_key_token_organisation_id_client_id_pk" PRIMARY KEY("token","organisation_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "identity"."link_model" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "identity"."link_model_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"clients" integer NOT NULL,
	"parameters" jsonb NOT NULL,
	"frequencies" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity"."linking_state" (
	"organisation_id" integer NOT NULL,
	"client_id" uuid NOT NULL,
	"keyed_with" text NOT NULL,
	"linked_with" text NOT NULL,
	"identity_version" integer NOT NULL,
	"linked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "linking_state_organisation_id_client_id_pk" PRIMARY KEY("organisation_id","client_id")
);
--> statement-breakpoint
ALTER TABLE "identity"."client_identity" ADD COLUMN "reference" "bytea";--> statement-breakpoint
ALTER TABLE "identity"."client_identity" ADD COLUMN "indexed_with" text DEFAULT '1' NOT NULL;--> statement-breakpoint
ALTER TABLE "identity"."client_person" ADD COLUMN "own_client_id" uuid;--> statement-breakpoint
ALTER TABLE "identity"."link_opinion" ADD CONSTRAINT "link_opinion_review_id_link_review_id_fk" FOREIGN KEY ("review_id") REFERENCES "identity"."link_review"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "link_opinion_standing" ON "identity"."link_opinion" USING btree ("review_id","evidence_no","account_id") WHERE taken_back_at is null;--> statement-breakpoint
CREATE INDEX "link_opinion_account" ON "identity"."link_opinion" USING btree ("account_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "link_review_open" ON "identity"."link_review" USING btree ("organisation_id_a","client_id_a","organisation_id_b","client_id_b") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "link_review_a" ON "identity"."link_review" USING btree ("organisation_id_a","client_id_a");--> statement-breakpoint
CREATE INDEX "link_review_b" ON "identity"."link_review" USING btree ("organisation_id_b","client_id_b");--> statement-breakpoint
CREATE INDEX "link_review_waiting" ON "identity"."link_review" USING btree ("opened_at") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "link_review_repeat" ON "identity"."link_review" USING btree ("repeat_of") WHERE repeat_of is not null;--> statement-breakpoint
CREATE INDEX "blocking_key_client" ON "identity"."blocking_key" USING btree ("organisation_id","client_id");--> statement-breakpoint
CREATE INDEX "linking_state_made_with" ON "identity"."linking_state" USING btree ("keyed_with","linked_with");--> statement-breakpoint
CREATE INDEX "client_person_own" ON "identity"."client_person" USING btree ("organisation_id","own_client_id") WHERE own_client_id is not null;