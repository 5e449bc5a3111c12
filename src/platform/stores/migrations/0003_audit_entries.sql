CREATE TABLE "audit_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"operation" text NOT NULL,
	"object_kind" text NOT NULL,
	"object_id" text DEFAULT '' NOT NULL,
	"fields" text[] DEFAULT '{}'::text[] NOT NULL,
	"changes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"caller_kind" text NOT NULL,
	"caller_id" text NOT NULL,
	"caller_name" text NOT NULL,
	"address" text NOT NULL,
	"request_id" text NOT NULL,
	"times" integer DEFAULT 1 NOT NULL
);

CREATE INDEX "audit_entries_at" ON "audit_entries" USING btree ("workspace_id","at","id");

-- Entries of the audit log stay as they were written.
CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'entries of the audit log are not changed or deleted';
END
$$;

CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();
