CREATE SEQUENCE "public"."survey_batches" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;

CREATE TABLE "surveys" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"draft" jsonb NOT NULL,
	"revision" integer NOT NULL,
	"version" integer,
	"version_revision" integer,
	"settings" jsonb NOT NULL,
	"secret" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);

CREATE TABLE "survey_versions" (
	"survey_id" text NOT NULL,
	"version" integer NOT NULL,
	"workspace_id" text NOT NULL,
	"document" jsonb NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL,
	"publisher_id" text NOT NULL,
	CONSTRAINT "survey_versions_survey_id_version_pk" PRIMARY KEY("survey_id","version")
);

CREATE TABLE "survey_responses" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"workspace_id" text NOT NULL,
	"survey_id" text NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"answers" jsonb NOT NULL,
	"around" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ending" text,
	"batch" bigint
);

CREATE TABLE "survey_quotas" (
	"survey_id" text NOT NULL,
	"quota_id" text NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "survey_quotas_survey_id_quota_id_pk" PRIMARY KEY("survey_id","quota_id")
);

CREATE TABLE "survey_marks" (
	"survey_id" text NOT NULL,
	"mark" text NOT NULL,
	CONSTRAINT "survey_marks_survey_id_mark_pk" PRIMARY KEY("survey_id","mark")
);

CREATE UNIQUE INDEX "surveys_by_slug" ON "surveys" USING btree ("slug");

CREATE INDEX "surveys_by_workspace" ON "surveys" USING btree ("workspace_id","id");

CREATE UNIQUE INDEX "survey_responses_by_token" ON "survey_responses" USING btree ("token");

CREATE INDEX "survey_responses_by_survey" ON "survey_responses" USING btree ("survey_id","id");

CREATE INDEX "survey_responses_waiting" ON "survey_responses" USING btree ("batch") WHERE "survey_responses"."batch" IS NOT NULL;

CREATE INDEX "survey_responses_due" ON "survey_responses" USING btree ("due_at") WHERE "survey_responses"."state" = 'open';
