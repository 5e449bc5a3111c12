CREATE TABLE "survey_reports" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"workspace_id" text NOT NULL,
	"survey_id" text NOT NULL,
	"name" text NOT NULL,
	"texts" boolean NOT NULL,
	"scope" jsonb NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);

CREATE UNIQUE INDEX "survey_reports_by_token" ON "survey_reports" USING btree ("token");

CREATE INDEX "survey_reports_by_survey" ON "survey_reports" USING btree ("workspace_id","survey_id","id");
