CREATE TABLE "journal_rejected_tallies" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"rows" integer NOT NULL,
	"bytes" bigint NOT NULL,
	"let_go" bigint DEFAULT 0 NOT NULL,
	"let_go_at" timestamp (3) with time zone
);

ALTER TABLE "journal_batches" ADD COLUMN "told" text[] DEFAULT '{}'::text[] NOT NULL;

ALTER TABLE "journal_batches" ADD COLUMN "workspace_id" text;

ALTER TABLE "journal_batches" ADD COLUMN "set_aside_at" timestamp (3) with time zone;

ALTER TABLE "journal_batches" ADD COLUMN "reason" text DEFAULT '' NOT NULL;
