CREATE TABLE "retention_runs" (
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"known_at" timestamp (3) with time zone NOT NULL,
	"border" timestamp (3) with time zone,
	"total" bigint DEFAULT 0 NOT NULL,
	"removed" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "retention_runs_workspace_id_kind_pk" PRIMARY KEY("workspace_id","kind")
);

CREATE TABLE "workspace_settings" (
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "workspace_settings_workspace_id_name_pk" PRIMARY KEY("workspace_id","name")
);

ALTER TABLE "imports" ADD COLUMN "rows_left_at" timestamp (3) with time zone;

ALTER TABLE "workspace_settings" ADD CONSTRAINT "workspace_settings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;

-- Entries of the audit log stay as they were written, until retention lets go of those from before its border.
CREATE FUNCTION refuse_delete_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.at < nullif(current_setting('touchstone.audit_border', true), '')::timestamptz THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'entries of the audit log are not changed or deleted';
END
$$;

DROP TRIGGER audit_entries_stay ON audit_entries;

CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();

CREATE TRIGGER audit_entries_leave BEFORE DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_delete_of_audit();
