CREATE TABLE "backups" (
	"name" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"bytes" bigint,
	"problem" text
);

CREATE INDEX "backups_started" ON "backups" USING btree ("started_at");
