CREATE SEQUENCE "public"."identity_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1;

CREATE SEQUENCE "public"."people_versions" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;

CREATE SEQUENCE "public"."import_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2000000 START WITH 1 CACHE 1;

CREATE TABLE "catalogues" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"rules_version" integer NOT NULL,
	"body" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"saved_by" text NOT NULL
);

CREATE TABLE "catalogue_runs" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"rules_version" integer NOT NULL,
	"state" text NOT NULL,
	"total" bigint NOT NULL,
	"done" bigint NOT NULL,
	"changed" bigint NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);

CREATE TABLE "journal" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"format" smallint NOT NULL,
	"body" text NOT NULL,
	"rows" integer NOT NULL,
	"bytes" integer NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"batch_id" bigint
);

CREATE TABLE "journal_batches" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"token" uuid DEFAULT gen_random_uuid() NOT NULL,
	"state" text NOT NULL,
	"drain_id" text NOT NULL,
	"rows" integer NOT NULL,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"first_received_at" timestamp (3) with time zone NOT NULL,
	"last_received_at" timestamp (3) with time zone NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "journal_rejected" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"message_id" text NOT NULL,
	"field" text NOT NULL,
	"reason" text NOT NULL,
	"body" text NOT NULL
);

CREATE TABLE "identities" (
	"identity_no" integer PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"person_no" integer NOT NULL,
	"first_seen" timestamp (3) with time zone NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"published_person_no" integer NOT NULL
);

CREATE TABLE "identity_evidence" (
	"identity_no" integer NOT NULL,
	"source" text NOT NULL,
	"workspace_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "identity_evidence_identity_no_source_pk" PRIMARY KEY("identity_no","source")
);

CREATE TABLE "persons" (
	"person_no" integer PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"live" boolean DEFAULT true NOT NULL,
	"traits" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"email" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"published_version" bigint DEFAULT 0 NOT NULL
);

CREATE TABLE "trait_claims" (
	"identity_no" integer NOT NULL,
	"source" text NOT NULL,
	"workspace_id" text NOT NULL,
	"traits" jsonb NOT NULL,
	CONSTRAINT "trait_claims_identity_no_source_pk" PRIMARY KEY("identity_no","source")
);

CREATE TABLE "links" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"a_no" integer NOT NULL,
	"b_no" integer NOT NULL,
	"state" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"undone_by" text,
	"undone_at" timestamp (3) with time zone
);

CREATE TABLE "link_evidence" (
	"link_id" text NOT NULL,
	"source" text NOT NULL,
	"reason" text NOT NULL,
	"workspace_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "link_evidence_link_id_source_reason_pk" PRIMARY KEY("link_id","source","reason")
);

CREATE TABLE "uploads" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"file_name" text NOT NULL,
	"bytes" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "imports" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"upload_id" text NOT NULL,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"state" text NOT NULL,
	"problem" text,
	"mapping" jsonb NOT NULL,
	"format" jsonb NOT NULL,
	"seq" integer,
	"chunk" integer DEFAULT 0 NOT NULL,
	"byte_offset" bigint DEFAULT 0 NOT NULL,
	"line" bigint DEFAULT 1 NOT NULL,
	"counts" jsonb DEFAULT '{"rows":0,"added":0,"changed":0,"unchanged":0,"repeated":0,"bad":0}'::jsonb NOT NULL,
	"bytes" bigint NOT NULL,
	"bytes_read" bigint DEFAULT 0 NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"try_from_bytes" bigint DEFAULT 0 NOT NULL,
	"try_started_at" timestamp (3) with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone
);

CREATE TABLE "import_mappings" (
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"fingerprint" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "import_mappings_workspace_id_kind_fingerprint_pk" PRIMARY KEY("workspace_id","kind","fingerprint")
);

CREATE TABLE "idempotent_answers" (
	"owner" text NOT NULL,
	"key_hash" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer,
	"sealed" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotent_answers_owner_key_hash_pk" PRIMARY KEY("owner","key_hash")
);

CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "credentials" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "installation_secrets" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);

CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"zone" text NOT NULL,
	"currency" text NOT NULL,
	"locale" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "memberships" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"shown" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" text[] DEFAULT '{}'::text[] NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone
);

ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;

ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;

ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;

ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;

ALTER TABLE "invitations" ADD CONSTRAINT "invitations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;

ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;

CREATE INDEX "journal_batch" ON "journal" USING btree ("batch_id");

CREATE INDEX "journal_waiting" ON "journal" USING btree ("seq") WHERE batch_id IS NULL;

CREATE INDEX "journal_batches_open" ON "journal_batches" USING btree ("id") WHERE state <> 'done';

CREATE INDEX "journal_rejected_workspace" ON "journal_rejected" USING btree ("workspace_id","id");

CREATE UNIQUE INDEX "identities_by_name" ON "identities" USING btree ("workspace_id","kind","value" text_pattern_ops);

CREATE INDEX "identities_by_person" ON "identities" USING btree ("workspace_id","person_no");

CREATE INDEX "identities_unpublished" ON "identities" USING btree ("identity_no") WHERE "identities"."person_no" <> "identities"."published_person_no";

CREATE INDEX "identity_evidence_by_source" ON "identity_evidence" USING btree ("workspace_id","source");

CREATE UNIQUE INDEX "persons_by_id" ON "persons" USING btree ("id");

CREATE INDEX "persons_by_age" ON "persons" USING btree ("workspace_id","person_no") WHERE "persons"."live";

CREATE INDEX "persons_by_words" ON "persons" USING gin (to_tsvector('simple', translate("name" || ' ' || "email", '@._+-''', '      ')));

CREATE INDEX "persons_unpublished" ON "persons" USING btree ("person_no") WHERE "persons"."version" > "persons"."published_version";

CREATE INDEX "trait_claims_by_source" ON "trait_claims" USING btree ("workspace_id","source");

CREATE UNIQUE INDEX "links_by_pair" ON "links" USING btree ("workspace_id","a_no","b_no");

CREATE INDEX "links_by_other" ON "links" USING btree ("workspace_id","b_no");

CREATE INDEX "link_evidence_by_source" ON "link_evidence" USING btree ("workspace_id","source");

CREATE INDEX "uploads_by_age" ON "uploads" USING btree ("created_at");

CREATE INDEX "imports_by_workspace" ON "imports" USING btree ("workspace_id","id");

CREATE INDEX "imports_by_upload" ON "imports" USING btree ("upload_id");

CREATE INDEX "idempotent_answers_age" ON "idempotent_answers" USING btree ("owner","created_at");

CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");

CREATE UNIQUE INDEX "sessions_token" ON "sessions" USING btree ("token");

CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");

CREATE INDEX "credentials_user" ON "credentials" USING btree ("user_id");

CREATE UNIQUE INDEX "credentials_account" ON "credentials" USING btree ("provider_id","account_id");

CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");

CREATE UNIQUE INDEX "memberships_user" ON "memberships" USING btree ("user_id","workspace_id");

CREATE INDEX "memberships_workspace" ON "memberships" USING btree ("workspace_id");

CREATE UNIQUE INDEX "invitations_token" ON "invitations" USING btree ("token_hash");

CREATE UNIQUE INDEX "invitations_email" ON "invitations" USING btree ("workspace_id","email");

CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("hash");

CREATE INDEX "api_keys_workspace" ON "api_keys" USING btree ("workspace_id");
