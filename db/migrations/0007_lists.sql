CREATE TABLE "identity"."client_place" (
	"organisation_id" integer NOT NULL,
	"client_id" uuid NOT NULL,
	"postcode_key" "bytea" NOT NULL,
	"street_key" "bytea",
	"household_key" "bytea",
	"postcode_stay" uuid DEFAULT gen_random_uuid() NOT NULL,
	"street_stay" uuid DEFAULT gen_random_uuid() NOT NULL,
	"household_stay" uuid DEFAULT gen_random_uuid() NOT NULL,
	"indexed_with" text NOT NULL,
	CONSTRAINT "client_place_organisation_id_client_id_pk" PRIMARY KEY("organisation_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "casework"."list_action" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"list_id" uuid NOT NULL,
	"row_no" smallint NOT NULL,
	"agreement_id" uuid NOT NULL,
	"level" text NOT NULL,
	"purpose" text NOT NULL,
	"asked" text[] NOT NULL,
	"client_id" uuid,
	"own_clients" uuid[] DEFAULT '{}' NOT NULL,
	"place" "bytea",
	"kind" text NOT NULL,
	"words" "bytea",
	"seen" "bytea",
	"member_id" uuid NOT NULL,
	"due_on" date NOT NULL,
	"made_by" uuid NOT NULL,
	"made_on" date NOT NULL,
	"outcome" text,
	"outcome_words" "bytea",
	"closed_by" uuid,
	"closed_on" date,
	"effect_id" uuid,
	"effect" "bytea",
	"effect_on" date,
	"emptied_at" timestamp with time zone,
	CONSTRAINT "list_action_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "governance"."list_own_client" (
	"organisation_id" integer NOT NULL,
	"list_id" uuid NOT NULL,
	"client_id" uuid NOT NULL,
	"row_no" smallint NOT NULL,
	CONSTRAINT "list_own_client_organisation_id_list_id_client_id_pk" PRIMARY KEY("organisation_id","list_id","client_id")
);
--> statement-breakpoint
CREATE TABLE "governance"."list_reading" (
	"organisation_id" integer NOT NULL,
	"list_id" uuid NOT NULL,
	"row_no" smallint NOT NULL,
	"member_id" uuid NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "list_reading_organisation_id_member_id_day_list_id_row_no_pk" PRIMARY KEY("organisation_id","member_id","day","list_id","row_no")
);
--> statement-breakpoint
CREATE TABLE "governance"."shared_list" (
	"organisation_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"agreement_id" uuid NOT NULL,
	"version" smallint NOT NULL,
	"level" text NOT NULL,
	"asked" text[] NOT NULL,
	"within" text[] NOT NULL,
	"street" text,
	"rows" smallint NOT NULL,
	"is_cut" boolean NOT NULL,
	"action_id" uuid,
	CONSTRAINT "shared_list_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
ALTER TABLE "governance"."look" ALTER COLUMN "client_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "identity"."client_identity" ADD COLUMN "home_is_secret" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "governance"."look_answer" ADD COLUMN "rows" smallint[];--> statement-breakpoint
ALTER TABLE "governance"."look_answer" ADD COLUMN "stay" uuid;--> statement-breakpoint
ALTER TABLE "casework"."list_action" ADD CONSTRAINT "list_action_organisation_id_list_id_shared_list_organisation_id_id_fk" FOREIGN KEY ("organisation_id","list_id") REFERENCES "governance"."shared_list"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."list_action" ADD CONSTRAINT "list_action_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "casework"."list_action" ADD CONSTRAINT "list_action_organisation_id_member_id_member_organisation_id_id_fk" FOREIGN KEY ("organisation_id","member_id") REFERENCES "casework"."member"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."list_own_client" ADD CONSTRAINT "list_own_client_organisation_id_list_id_shared_list_organisation_id_id_fk" FOREIGN KEY ("organisation_id","list_id") REFERENCES "governance"."shared_list"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."list_own_client" ADD CONSTRAINT "list_own_client_organisation_id_client_id_client_organisation_id_id_fk" FOREIGN KEY ("organisation_id","client_id") REFERENCES "casework"."client"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."list_reading" ADD CONSTRAINT "list_reading_organisation_id_list_id_shared_list_organisation_id_id_fk" FOREIGN KEY ("organisation_id","list_id") REFERENCES "governance"."shared_list"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "governance"."shared_list" ADD CONSTRAINT "shared_list_organisation_id_id_look_organisation_id_id_fk" FOREIGN KEY ("organisation_id","id") REFERENCES "governance"."look"("organisation_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "client_place_postcode" ON "identity"."client_place" USING btree ("postcode_key");--> statement-breakpoint
CREATE INDEX "client_place_street" ON "identity"."client_place" USING btree ("street_key") WHERE street_key is not null;--> statement-breakpoint
CREATE INDEX "client_place_household" ON "identity"."client_place" USING btree ("household_key") WHERE household_key is not null;--> statement-breakpoint
CREATE INDEX "list_action_row" ON "casework"."list_action" USING btree ("organisation_id","list_id","row_no");--> statement-breakpoint
CREATE INDEX "list_action_effect" ON "casework"."list_action" USING btree ("organisation_id","effect_id");--> statement-breakpoint
CREATE INDEX "list_action_open" ON "casework"."list_action" USING btree ("organisation_id","member_id","due_on") WHERE closed_on is null;--> statement-breakpoint
CREATE INDEX "list_own_client_client" ON "governance"."list_own_client" USING btree ("organisation_id","client_id");