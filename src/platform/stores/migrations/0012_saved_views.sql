CREATE TABLE "saved_views" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"state" jsonb NOT NULL,
	"moving" boolean DEFAULT false NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"maker_id" text NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL
);

CREATE INDEX "saved_views_by_workspace" ON "saved_views" USING btree ("workspace_id","id");
