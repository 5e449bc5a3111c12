CREATE TABLE "import_sources" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"place" text NOT NULL,
	"shown" text NOT NULL,
	"sealed" text,
	"part" text,
	"kind" text NOT NULL,
	"mapping" jsonb,
	"every_hours" integer NOT NULL,
	"paused" boolean DEFAULT false NOT NULL,
	"next_run_at" timestamp (3) with time zone NOT NULL,
	"last_run_at" timestamp (3) with time zone,
	"last_state" text,
	"last_problem" text,
	"last_import_id" text,
	"seen" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);

CREATE INDEX "import_sources_by_workspace" ON "import_sources" USING btree ("workspace_id","id");

CREATE INDEX "import_sources_due" ON "import_sources" USING btree ("next_run_at");
