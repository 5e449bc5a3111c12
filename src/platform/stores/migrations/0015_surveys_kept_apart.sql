CREATE TABLE "survey_files" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"survey_id" text NOT NULL,
	"token" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);

DROP INDEX "survey_responses_waiting";

ALTER TABLE "survey_responses" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;

ALTER TABLE "surveys" ADD COLUMN "answered" boolean DEFAULT false NOT NULL;

CREATE INDEX "survey_files_by_survey" ON "survey_files" USING btree ("survey_id","id");

CREATE INDEX "survey_files_by_token" ON "survey_files" USING btree ("token");

CREATE INDEX "survey_responses_waiting" ON "survey_responses" USING btree ("batch","id") WHERE "survey_responses"."batch" IS NOT NULL;
